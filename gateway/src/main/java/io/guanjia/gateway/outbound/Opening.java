package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Trigger;

import java.time.Instant;
import java.util.UUID;

/**
 * A party did something that lets us write to them.
 *
 * @param at when, by the platform's clock
 */
public record Opening(UUID partyId, String channel, String account, Trigger trigger, Instant at) {}
