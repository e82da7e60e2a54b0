/**
 * What passes between a customer and an official account, as the platform knows it.
 *
 * <p>{@link io.guanjia.sandbox.wechat.message.Action} is what a customer does and becomes a
 * callback; {@link io.guanjia.sandbox.wechat.message.Bubble} is what a customer sees in the chat.
 * These types hold no state and know nothing else of the sandbox.
 */
@NullMarked
package io.guanjia.sandbox.wechat.message;

import org.jspecify.annotations.NullMarked;
