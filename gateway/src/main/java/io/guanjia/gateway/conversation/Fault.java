package io.guanjia.gateway.conversation;

import io.guanjia.gateway.journal.JournalCodec.Undecodable;
import io.r2dbc.spi.R2dbcException;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.transaction.TransactionException;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Why work on a record failed, as far as it matters for what to do next. */
enum Fault {
    /** What the record holds. Nothing will help, however long one waits. */
    RECORD,

    /** The servers, their settings, or somebody else who was quicker. It is worth waiting. */
    SURROUNDINGS,

    /** Our own code, or something we did not think of. */
    UNKNOWN;

    /**
     * Bad data, broken constraints, and what exceeds a limit, such as a key too long for an index.
     */
    private static final List<String> DATA = List.of("22", "23", "54");

    static Fault of(Throwable failure) {
        if (failure instanceof Undecodable) {
            return RECORD;
        }
        var state = sqlState(failure);
        if (state.isPresent()) {
            return DATA.contains(state.get().substring(0, 2)) ? RECORD : SURROUNDINGS;
        }
        return causes(failure).anyMatch(Fault::isSurroundings) ? SURROUNDINGS : UNKNOWN;
    }

    /** PostgreSQL's word on it, if it had one. */
    static Optional<String> sqlState(Throwable failure) {
        return causes(failure)
                .filter(R2dbcException.class::isInstance)
                .map(cause -> ((R2dbcException) cause).getSqlState())
                .filter(state -> state != null && state.length() == 5)
                .findFirst();
    }

    private static boolean isSurroundings(Throwable cause) {
        return cause instanceof ConversationCommit.Stale
                || cause instanceof R2dbcException
                || cause instanceof TransientDataAccessException
                || cause instanceof NonTransientDataAccessResourceException
                || cause instanceof UncategorizedDataAccessException
                || cause instanceof TransactionException
                || cause instanceof TimeoutException
                || cause instanceof IOException;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(10);
    }
}
