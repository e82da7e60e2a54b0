/**
 * The same faults for every channel: what is brought twice, in another order, refused for being too
 * much, or hangs.
 *
 * <p>Start at {@link io.guanjia.trials.channels.Street}, where all channels are open at once, and
 * {@link io.guanjia.trials.channels.Shop}, which is one of them.
 */
@NullMarked
package io.guanjia.trials.channels;

import org.jspecify.annotations.NullMarked;
