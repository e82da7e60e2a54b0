/**
 * The part of {@code api.weixin.qq.com} that official accounts call.
 *
 * <p>Start at {@link io.guanjia.sandbox.wechat.api.ApiServer}, which checks tokens and quotas and
 * lets faults strike; the other classes hold one family of calls each.
 */
@NullMarked
package io.guanjia.sandbox.wechat.api;

import org.jspecify.annotations.NullMarked;
