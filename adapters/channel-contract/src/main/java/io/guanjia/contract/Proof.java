package io.guanjia.contract;

import io.guanjia.contract.ChannelUnderTest.Attempt;
import io.guanjia.gateway.channel.Callback;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How a channel tells its platform from anybody else; the contract forges by it. */
public sealed interface Proof {

    /**
     * Every callback proves itself, by its query.
     *
     * <p>What is said here is held to be exactly so: what is declared to be proven is altered and
     * has to be refused; what is declared not to be proven is altered and has to be believed.
     *
     * @param parameters those that prove it: without any one of them, or with another value, the
     *     callback is refused
     * @param coversBody whether the proof holds for no other body
     * @param believedFor for how long before and after it was made; null for ever
     * @param byAnother a callback like the platform's, proven with a secret that is not ours
     * @param forAnother a callback that the platform proves, meant for another account than ours;
     *     null where its callbacks do not say whom they are for
     */
    record OfEachCallback(
            Set<String> parameters,
            boolean coversBody,
            @Nullable Duration believedFor,
            Callback byAnother,
            @Nullable Callback forAnother)
            implements Proof {}

    /**
     * Whoever calls, or is called, proves once who they are, and is believed from then on.
     *
     * @param attempts to be let in without being who one says, at least one of every kind
     */
    record OfEachCaller(Map<Pretence, Attempt> attempts) implements Proof {}

    /** A proof that is none. */
    enum Pretence {
        /** Nothing at all. */
        NOTHING,
        /** Made with a secret that is not ours. */
        BY_ANOTHER,
        /** A good one that was changed. */
        ALTERED,
        /** One that was good some time ago. */
        OLD
    }
}
