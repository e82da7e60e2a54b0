/**
 * Measurements against peers, in one run and interleaved, because only ratios mean something.
 *
 * <p>Start at {@link io.guanjia.trials.bench.Bench}. {@code load} holds the tool that sends.
 */
@NullMarked
package io.guanjia.trials.bench;

import org.jspecify.annotations.NullMarked;
