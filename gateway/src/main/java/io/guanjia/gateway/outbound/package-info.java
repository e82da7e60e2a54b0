/**
 * The one way out. Whoever wants to say something to a customer leaves a delivery here.
 *
 * <p>Start at {@link io.guanjia.gateway.outbound.Outbox}, which takes deliveries in the transaction
 * that caused them, and {@link io.guanjia.gateway.outbound.Sender}, which gets them out. A delivery
 * leaves in one of two ways: as the passive reply to the callback it answers ({@link
 * io.guanjia.gateway.outbound.PassiveReplies}, costs no quota), or by the channel's API.
 *
 * <p><b>Order.</b> What is said in a conversation goes out in the order it was enqueued, one at a
 * time for each party. A campaign's message waits for what was said before it and is overtaken by
 * what is said after it; it may be on its way at the same time.
 *
 * <p><b>Once.</b> A try is leased before the channel is called. If its node dies in the middle,
 * nobody knows whether the platform took the message, and the platforms here have no idempotency
 * key: the delivery ends as {@code unknown} and a person decides. We never send such a message
 * again by ourselves. Only a try that certainly did not begin goes back to the queue.
 *
 * <p><b>Locks.</b> Transactions of the conversation lock a conversation first, then the party, its
 * windows and its held deliveries. What runs in the background here takes a conversation's lock
 * before a delivery's, and where it needs more than one it gives up rather than wait.
 *
 * <p><b>Clocks.</b> Leases and due times compare the clocks of several nodes, which must agree to
 * within a second or so.
 */
@NullMarked
package io.guanjia.gateway.outbound;

import org.jspecify.annotations.NullMarked;
