package io.guanjia.gateway.accounts;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How an account is doing, and the one sentence to say about it.
 *
 * @param sentence a key in {@code health.properties}
 * @param arguments what to fill in
 * @param share where only some nodes find it so: how many; null for all
 */
record Finding(State state, String sentence, List<Argument> arguments, @Nullable Share share) {

    enum State {
        WELL,
        /** It works, or most of it, or on some nodes, but somebody should look. */
        ATTENTION,
        /** Nothing goes in or nothing goes out until somebody acts. */
        DOWN,
        /** Somebody has switched it off. */
        OFF
    }

    /** What is filled in, before it is put into a language. */
    sealed interface Argument {

        /** As it is: an id, a number, a platform's own words. */
        record Plain(String text) implements Argument {}

        /** A reason as deliveries and circuits have it. */
        record Reason(String code) implements Argument {}

        /** A platform's API by our short name. */
        record Api(String name) implements Argument {}

        /** A length of time. */
        record Lasting(java.time.Duration duration) implements Argument {}
    }

    /** Some of an account's nodes. */
    record Share(int nodes, int of) {}

    /** What all nodes find. */
    static Finding of(State state, String sentence, Argument... arguments) {
        return new Finding(state, sentence, List.of(arguments), null);
    }

    /** The same, found by those nodes that have seen this. */
    Finding by(Seen<?> seen) {
        return new Finding(
                state,
                sentence,
                arguments,
                seen.everywhere() ? null : new Share(seen.nodes(), seen.of()));
    }
}
