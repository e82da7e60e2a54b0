/**
 * Stands in for 微博粉丝服务平台.
 *
 * <p>Start at {@link io.guanjia.sandbox.weibo.WeiboPlatform}. A {@link
 * io.guanjia.sandbox.weibo.WeiboUser} does something, {@code Callbacks} tells the account's server,
 * {@code ApiServer} takes what that sends. Source for all of it: 微博开放平台, 接收普通消息, 接收事件推送, 发送被动响应消息,
 * 发送客服消息, 错误代码对照表.
 */
@NullMarked
package io.guanjia.sandbox.weibo;

import org.jspecify.annotations.NullMarked;
