package io.guanjia.gateway.outbound;

import org.jspecify.annotations.Nullable;

/**
 * How far a message has come and why it is there.
 *
 * @param reason a code or the platform's words, to be shown through {@link Reasons#words}
 */
public record DeliveryStatus(DeliveryState state, @Nullable String reason) {}
