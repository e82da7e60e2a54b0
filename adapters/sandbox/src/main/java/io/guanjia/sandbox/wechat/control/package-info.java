/**
 * The control API of the WeChat stand-in, which its page and tests in other processes use. Start at
 * {@link io.guanjia.sandbox.wechat.control.WechatControl}.
 */
@NullMarked
package io.guanjia.sandbox.wechat.control;

import org.jspecify.annotations.NullMarked;
