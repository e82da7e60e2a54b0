/**
 * What the platform posts to the server of an official account or a mini program.
 *
 * <p>Start at {@link io.guanjia.weixin.callback.CallbackGate}, which lets in what is genuine, then
 * {@link io.guanjia.weixin.callback.MessageReader}, which translates it. Which events there are is
 * said by each channel in its {@link io.guanjia.weixin.callback.Events}.
 */
@NullMarked
package io.guanjia.weixin.callback;

import org.jspecify.annotations.NullMarked;
