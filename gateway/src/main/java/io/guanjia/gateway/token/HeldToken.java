package io.guanjia.gateway.token;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * A token and when to stop using it.
 *
 * @param until a little before the platform forgets it
 */
record HeldToken(String token, Instant until) {

    boolean alive(Instant now) {
        return now.isBefore(until);
    }

    boolean isNot(@Nullable String rejected) {
        return !token.equals(rejected);
    }

    String stored() {
        return until.toEpochMilli() + ":" + token;
    }

    /** Empty for anything that {@link #stored} did not write. */
    static Optional<HeldToken> read(String stored) {
        var colon = stored.indexOf(':');
        try {
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new HeldToken(
                                    stored.substring(colon + 1),
                                    Instant.ofEpochMilli(
                                            Long.parseLong(stored.substring(0, colon)))));
        } catch (NumberFormatException somebodyElsesValue) {
            return Optional.empty();
        }
    }

    /** Leaves out the token: this ends up in logs. */
    @Override
    public String toString() {
        return "HeldToken[until=" + until + "]";
    }
}
