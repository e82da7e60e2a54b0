/**
 * Whether there is anybody to hand a customer over to.
 *
 * <p>Start at {@link io.guanjia.gateway.handoff.DeskHours}.
 */
@NullMarked
package io.guanjia.gateway.handoff;

import org.jspecify.annotations.NullMarked;
