/**
 * What platforms and apps send to the gateway, made as they make it, for load and for replays.
 *
 * <p>Start at {@link io.guanjia.trials.caller.Caller}.
 */
@NullMarked
package io.guanjia.trials.caller;

import org.jspecify.annotations.NullMarked;
