/**
 * Mini programs: the platform of {@code io.guanjia.sandbox.wechat} once more, for another {@link
 * io.guanjia.sandbox.wechat.Product}, under {@code /miniprogram} and {@code
 * /sandbox/api/miniprogram}.
 *
 * <p>Start at {@link io.guanjia.sandbox.miniprogram.MiniProgramPlatform}.
 */
@NullMarked
package io.guanjia.sandbox.miniprogram;

import org.jspecify.annotations.NullMarked;
