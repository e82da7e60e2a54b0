/**
 * How the platform calls the account's server: seals a callback in one of three modes, posts it up
 * to three times, and reads what comes back.
 *
 * <p>Start at {@link io.guanjia.sandbox.wechat.callback.CallbackSender}. Knows nothing of customers
 * and their chats; whoever sends a callback decides what its {@code Answer} means.
 */
@NullMarked
package io.guanjia.sandbox.wechat.callback;

import org.jspecify.annotations.NullMarked;
