/**
 * 微信客服 as a channel: customers write from WeChat, and the platform only rings; what they wrote is
 * fetched.
 *
 * <p>Start at {@link io.guanjia.adapters.wecom.kf.WecomKfChannel}; what is fetched is told by
 * {@link io.guanjia.adapters.wecom.kf.KfSync}.
 */
@NullMarked
package io.guanjia.adapters.wecom.kf;

import org.jspecify.annotations.NullMarked;
