/**
 * The tool that sends callbacks and times the answers, as a JVM of its own.
 *
 * <p>Start at {@link io.guanjia.trials.bench.load.LoadGenerator}. Throughput is measured
 * closed-loop: a connection sends when it has its answer. Latency is measured open-loop: a message
 * has a time at which it is due, whatever became of those before it, and is timed from there, so
 * that a server that stalls cannot hide it (coordinated omission).
 */
@NullMarked
package io.guanjia.trials.bench.load;

import org.jspecify.annotations.NullMarked;
