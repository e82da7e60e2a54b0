/**
 * WeChat official accounts (公众号: 服务号 and 订阅号) as a channel.
 *
 * <p>Start at {@link io.guanjia.adapters.wechat.WechatChannel}. Inbound, {@code CallbackReader}
 * verifies and decrypts, {@code MessageReader} and {@code EventReader} translate. Outbound, {@code
 * Outgoing} says what to send where, {@code WechatApi} sends it, and {@code WechatError} turns the
 * platform's error codes into what to do next. Nothing here decides what to say or when.
 */
@NullMarked
package io.guanjia.adapters.wechat;

import org.jspecify.annotations.NullMarked;
