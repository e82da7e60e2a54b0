/**
 * What open sockets have in common, whoever is at the other end.
 *
 * <p>Start at {@link io.guanjia.gateway.socket.Talk}, one socket from open to close. What is said
 * over one waits in its bounded {@link io.guanjia.gateway.socket.FrameQueue}.
 */
@NullMarked
package io.guanjia.gateway.socket;

import org.jspecify.annotations.NullMarked;
