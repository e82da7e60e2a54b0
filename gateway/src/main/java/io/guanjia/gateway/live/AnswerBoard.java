package io.guanjia.gateway.live;

import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;

/**
 * Where a callback that is held open learns that its message has been worked on, on whichever node.
 *
 * <p>A word on this board is a hint to look, never the answer itself; one that is lost makes the
 * customer wait a little longer.
 */
public interface AnswerBoard {

    /**
     * Starts to listen for one message at once, before its append, so that no word is missed.
     *
     * @return completes with whether there is an answer to be had; empty when {@code patience} is
     *     over without a word
     */
    Mono<Boolean> await(Address from, String dedupeKey, Duration patience);

    /** To be called after the commit. Completes at once and never fails. */
    Mono<Void> announce(Collection<Worked> worked);

    /**
     * A message that has been worked on.
     *
     * @param key as made by {@link #key}
     * @param answered whether there is something to say in reply
     */
    record Worked(String key, boolean answered) {}

    static String key(Address from, String dedupeKey) {
        return from.key() + '#' + dedupeKey;
    }
}
