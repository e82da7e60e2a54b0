/**
 * What the gateway asks of a channel.
 *
 * <p>Start at {@link io.guanjia.gateway.channel.Channel}. A channel translates; it does not decide.
 */
@NullMarked
package io.guanjia.gateway.channel;

import org.jspecify.annotations.NullMarked;
