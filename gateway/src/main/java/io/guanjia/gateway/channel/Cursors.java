package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;

/**
 * How far channels have got in what they fetch page by page. All nodes share it, and one node at a
 * time reads a stream: it has a turn, which is prolonged while it reads and ends by itself when the
 * node dies, and a node that was overtaken cannot move the cursor any more.
 */
public interface Cursors {

    /**
     * Something that is read page by page.
     *
     * @param name the platform's own name for it, such as an {@code open_kfid}
     */
    record Stream(String channel, String account, String name) {}

    /**
     * Has {@code stream} read on, because somebody says there is something new. Where another node
     * or call is at it, that one is asked to look once more before it ends its turn, and this
     * completes at once. Fails as {@code reading} does, and where nobody can tell whose turn it is;
     * the cursor then stays where it is.
     *
     * @param hint something for whoever reads, such as a token that came with the news; the latest
     *     one counts
     */
    Mono<Void> read(Stream stream, @Nullable String hint, Reading reading);

    /**
     * The same, in case that nobody has told us; unless it was read to its end within {@code age},
     * with nobody having left it in the middle since, or somebody is at it.
     */
    Mono<Void> readUnlessWithin(Duration age, Stream stream, Reading reading);

    /** When it was last read to its end; empty before the first time. */
    Mono<Instant> lastRead(Stream stream);

    /** Reads a stream to its end. */
    @FunctionalInterface
    interface Reading {

        /** Begins at the cursor and completes at the stream's end. All right to be cancelled. */
        Mono<Void> readOn(Turn turn);
    }

    /** Somebody's turn at a stream. */
    interface Turn {

        /** Where the next page begins; empty at the very beginning. */
        String cursor();

        /** When the stream was first wanted. */
        Instant begun();

        @Nullable String hint();

        /**
         * Moves the cursor for good, so only once nothing before it can be lost, and gives us more
         * time. Emits the turn as it is then. Fails with {@link Overtaken}.
         */
        Mono<Turn> moveTo(String cursor);
    }

    /** Another node took the turn over, because this one took too long. */
    final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Overtaken() {
            super("another node reads this now", null, false, false);
        }
    }
}
