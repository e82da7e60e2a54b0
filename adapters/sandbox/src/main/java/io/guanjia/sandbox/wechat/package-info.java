/**
 * The official-account platform: accounts, their followers, and the rules between them.
 *
 * <p>Start at {@link io.guanjia.sandbox.wechat.WechatAccount}. Tests and the control API act
 * through {@link io.guanjia.sandbox.wechat.Customer}; {@code api} is what accounts call, {@code
 * callback} how they are called.
 */
@NullMarked
package io.guanjia.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
