package io.guanjia.gateway.outbound;

import org.jspecify.annotations.Nullable;

/** Where a delivery is and why, as stored. */
record DeliveryStatus(DeliveryState state, @Nullable String reason) {}
