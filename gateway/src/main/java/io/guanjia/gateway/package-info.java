/**
 * The product's core. It knows no channel.
 *
 * <p>A message's journey is also the reading order: {@code inbound} takes it in, {@code journal}
 * keeps it, {@code conversation} decides who answers, {@code outbound} sends the answer. {@code
 * message} and {@code channel} are the words they share with the adapters.
 */
@NullMarked
package io.guanjia.gateway;

import org.jspecify.annotations.NullMarked;
