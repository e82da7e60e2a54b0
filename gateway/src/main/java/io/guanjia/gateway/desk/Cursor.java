package io.guanjia.gateway.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list: the time and id of the last row seen. The id tells rows of the same time
 * apart, so that no row is skipped or shown twice.
 */
record Cursor(Instant at, UUID id) {

    /** Opaque to clients. Keeps microseconds, which is as fine as the database's times are. */
    String encoded() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + id;
    }

    static Optional<Cursor> decode(String encoded) {
        var underscore = encoded.indexOf('_');
        if (underscore < 1) {
            return Optional.empty();
        }
        try {
            var micros = Long.parseLong(encoded.substring(0, underscore));
            return Optional.of(
                    new Cursor(
                            Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                            UUID.fromString(encoded.substring(underscore + 1))));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
