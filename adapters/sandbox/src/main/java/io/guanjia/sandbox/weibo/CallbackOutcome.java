package io.guanjia.sandbox.weibo;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One callback from its first try to its end.
 *
 * @param number counted per account, from 1, in the order in which they ended
 * @param summary {@code text}, {@code event follow} …
 * @param at when it was due, by the sandbox's clock
 * @param copy whether it repeats another because of a fault
 * @param problem what was wrong with the response; null where nothing was
 */
public record CallbackOutcome(
        long number,
        String uid,
        String customer,
        String summary,
        Instant at,
        boolean copy,
        List<CallbackTry> tries,
        @Nullable String problem) {

    public CallbackOutcome {
        tries = List.copyOf(tries);
    }

    /** Whether the account's server took it. */
    public boolean acknowledged() {
        return !tries.isEmpty() && tries.getLast().answered();
    }

    String word() {
        if (!acknowledged()) {
            return "missed";
        }
        return problem == null ? "acknowledged" : "unusable";
    }
}
