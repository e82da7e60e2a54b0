/**
 * Everything a trial needs as processes of its own, started and ended by process id.
 *
 * <p>Start at {@link io.guanjia.trials.process.Cluster}: servers, sandbox and gateway nodes behind
 * a balancer. {@link io.guanjia.trials.process.Programs} sees to it that nothing outlives a trial,
 * however it ends.
 */
@NullMarked
package io.guanjia.trials.process;

import org.jspecify.annotations.NullMarked;
