/**
 * Faults on purpose, and the books that show whether anything went wrong for a customer.
 *
 * <p>Start at {@link io.guanjia.trials.faults.FaultRun}. Each {@link
 * io.guanjia.trials.faults.Trial} breaks one thing while a {@link io.guanjia.trials.faults.Crowd}
 * of customers writes; {@link io.guanjia.trials.faults.Checker} then compares what was offered with
 * what PostgreSQL holds and what customers saw.
 */
@NullMarked
package io.guanjia.trials.faults;

import org.jspecify.annotations.NullMarked;
