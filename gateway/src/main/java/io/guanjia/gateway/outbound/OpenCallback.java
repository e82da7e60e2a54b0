package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A callback that still waits for its response.
 *
 * @param id ours for this one try of it: names what it claims
 * @param from whom the response would reach
 * @param answers the dedupe key of the message that it brought
 * @param receivedAt when this try reached us
 * @param speakable whether the response is a good way to say this
 * @param lastResort whether it can say this at all
 * @param maxBytes the longest text it takes, in UTF-8
 */
public record OpenCallback(
        UUID id,
        Address from,
        String answers,
        Instant receivedAt,
        Predicate<Content> speakable,
        Predicate<Content> lastResort,
        int maxBytes) {}
