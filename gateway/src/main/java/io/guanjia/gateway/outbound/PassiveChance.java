package io.guanjia.gateway.outbound;

import java.time.Instant;

/**
 * A callback is still open, or will be tried again, and can carry the message in its response.
 *
 * @param answers the dedupe key of the inbound message that the callback brought
 * @param until when the chance is over; if nobody has taken it by then, the message goes by the
 *     ordinary way
 */
public record PassiveChance(String answers, Instant until) {}
