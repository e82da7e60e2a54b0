package io.guanjia.gateway.outbound;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What we may still send to a party of our own accord.
 *
 * <p>Allowances of several triggers do not add up: every message draws on each of them that is
 * alive, and the one with most left counts.
 *
 * @param remaining how many messages; null where the channel sets no limit
 * @param expiresAt when the last allowance that has something left ends, or where none has, when
 *     the last one would; null where there is none at all
 * @param open whether anything can be sent now
 */
public record Window(@Nullable Integer remaining, @Nullable Instant expiresAt, boolean open) {

    static final Window UNLIMITED = new Window(null, null, true);
    static final Window SHUT = new Window(0, null, false);
}
