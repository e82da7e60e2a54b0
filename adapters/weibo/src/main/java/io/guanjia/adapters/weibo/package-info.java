/**
 * Weibo accounts with 粉丝服务平台 as a channel.
 *
 * <p>Start at {@link io.guanjia.adapters.weibo.WeiboChannel}. Inbound, {@code CallbackReader}
 * verifies and {@code MessageReader} translates. Outbound, {@code ReplyWriter} says what to send,
 * in a response or by the API, {@code FansServiceApi} sends it, and {@code WeiboError} turns the
 * platform's error codes into what to do next. {@code AccessToken} and {@code RateLimits} know how
 * the account is doing. Nothing here decides what to say or when.
 */
@NullMarked
package io.guanjia.adapters.weibo;

import org.jspecify.annotations.NullMarked;
