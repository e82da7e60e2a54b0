/**
 * Takes in what platforms call us with: one endpoint for all channels.
 *
 * <p>Start at {@link io.guanjia.gateway.inbound.ReceiveCallback}. A callback is answered only after
 * the journal has what it brought. {@link io.guanjia.gateway.inbound.Tries} knows which of the
 * platform's tries this is; {@link io.guanjia.gateway.inbound.AnswerInTime} puts the answer into
 * the response when it is ready in time.
 *
 * <p><b>Order.</b> A customer's messages are worked on, answered and shown in the order in which
 * they became durable, whichever node took them; each keeps the time at which its platform says
 * that it was said. Nothing is held back for the sake of one that may be missing: platforms number
 * nothing.
 */
@NullMarked
package io.guanjia.gateway.inbound;

import org.jspecify.annotations.NullMarked;
