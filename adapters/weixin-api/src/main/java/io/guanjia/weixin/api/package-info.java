/**
 * The API at {@code api.weixin.qq.com}, as official accounts and mini programs call it alike:
 * access tokens, customer service messages, temporary media, and what its error codes mean.
 *
 * <p>Start at {@link io.guanjia.weixin.api.WeixinAccount}, which a channel makes one of for each of
 * its accounts, and {@link io.guanjia.weixin.api.WeixinChannel}, which holds them. What only one of
 * the two products has stays in its own adapter.
 *
 * <p>Apart from {@code weixin-protocol} because that is also spoken by stand-ins for the platform
 * and by channels with another API, and needs nothing of the gateway.
 */
@NullMarked
package io.guanjia.weixin.api;

import org.jspecify.annotations.NullMarked;
