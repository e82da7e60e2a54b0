package io.guanjia.gateway.outbound;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A way out that is shut.
 *
 * @param api {@code *} for the whole account
 * @param alarm whether a person should look; otherwise we were only asked to slow down
 * @param reason the platform's words
 * @param until when it opens by itself; null until a person acts or a probe gets through
 */
public record OpenCircuit(
        String channel,
        String account,
        String api,
        boolean alarm,
        String reason,
        Instant openedAt,
        @Nullable Instant until) {}
