package io.guanjia.gateway.outbound;

import java.time.Instant;
import java.util.UUID;

/**
 * A party turned their back on us.
 *
 * @param at when, by the platform's clock
 */
public record Leaving(UUID partyId, Instant at) {}
