/**
 * 阿里云短信服务 as a channel. Start at {@link io.guanjia.adapters.sms.aliyun.AliyunProvider}; {@code
 * AliyunLine} sends, {@code AliyunCallbacks} reads what comes back.
 */
@NullMarked
package io.guanjia.adapters.sms.aliyun;

import org.jspecify.annotations.NullMarked;
