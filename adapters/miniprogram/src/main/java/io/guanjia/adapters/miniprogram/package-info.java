/**
 * WeChat mini programs (小程序客服消息) as a channel.
 *
 * <p>Start at {@link io.guanjia.adapters.miniprogram.MiniProgramChannel}. What official accounts
 * have too is in {@code io.guanjia.weixin}: letting callbacks in, reading messages, tokens, files,
 * errors. Here are the event of entering, the shapes of what goes out, and what error codes mean to
 * a mini program alone.
 */
@NullMarked
package io.guanjia.adapters.miniprogram;

import org.jspecify.annotations.NullMarked;
