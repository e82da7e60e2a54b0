package io.guanjia.gateway.accounts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * When an account and its platform were last in touch.
 *
 * @param heardAt when the platform brought something
 * @param reachedAt when it took a message
 */
record Contact(@Nullable Instant heardAt, @Nullable Instant reachedAt) {

    static final Contact NONE = new Contact(null, null);

    /** The later of each. */
    Contact and(Contact other) {
        return new Contact(later(heardAt, other.heardAt()), later(reachedAt, other.reachedAt()));
    }

    boolean none() {
        return heardAt == null && reachedAt == null;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
