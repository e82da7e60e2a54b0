/**
 * WeChat official accounts (公众号: 服务号 and 订阅号) as a channel.
 *
 * <p>Start at {@link io.guanjia.adapters.wechat.WechatChannel}. What mini programs have too is in
 * {@code io.guanjia.weixin}: letting callbacks in, reading messages, tokens, files, errors. Here
 * are the events of followers, passive replies, the shapes of what goes out, and the error codes
 * that only official accounts meet. Nothing here decides what to say or when.
 */
@NullMarked
package io.guanjia.adapters.wechat;

import org.jspecify.annotations.NullMarked;
