package io.guanjia.gateway.accounts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What an account has still to send.
 *
 * @param queued messages that go out as soon as they can
 * @param held messages that wait for their customer
 * @param oldest when the oldest of all was said
 * @param dueSince when the oldest was said that should have gone out by now
 * @param reason why the last try of such a one failed, if one was made
 */
record Queue(
        long queued,
        long held,
        @Nullable Instant oldest,
        @Nullable Instant dueSince,
        @Nullable String reason) {

    static final Queue EMPTY = new Queue(0, 0, null, null, null);
}
