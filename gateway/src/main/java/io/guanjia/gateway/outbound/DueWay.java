package io.guanjia.gateway.outbound;

/**
 * A way with something to send.
 *
 * @param waiting how many deliveries could go now, counted up to what the caller can use
 * @param shut whether a circuit is open
 * @param probe whether one may go all the same, to see
 */
record DueWay(Way way, int waiting, boolean shut, boolean probe) {}
