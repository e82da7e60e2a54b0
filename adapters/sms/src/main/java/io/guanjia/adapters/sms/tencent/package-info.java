/**
 * 腾讯云短信 as a channel. Start at {@link io.guanjia.adapters.sms.tencent.TencentProvider}; {@code
 * TencentLine} sends, {@code TencentCallbacks} reads what comes back.
 */
@NullMarked
package io.guanjia.adapters.sms.tencent;

import org.jspecify.annotations.NullMarked;
