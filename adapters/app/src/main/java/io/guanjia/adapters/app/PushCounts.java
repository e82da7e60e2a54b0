package io.guanjia.adapters.app;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.Locale;

/**
 * {@code guanjia.app.pushes}: tries of pushes by account and outcome, never by customer. Those that
 * {@code failed} are tried again until they are {@code made} or {@code given-up}; what is {@code
 * lost} could not even be written down.
 */
final class PushCounts {

    enum Outcome {
        MADE,
        FAILED,
        GIVEN_UP,
        LOST
    }

    private final MeterRegistry registry;

    PushCounts(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String account, Outcome outcome) {
        registry.counter(
                        "guanjia.app.pushes",
                        "account",
                        account,
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .increment();
    }
}
