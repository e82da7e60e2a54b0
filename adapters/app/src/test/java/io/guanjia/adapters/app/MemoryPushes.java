package io.guanjia.adapters.app;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Keeps what is to be pushed, for as long as a test. Nobody makes these. */
final class MemoryPushes implements Pushes {

    final List<Push> expected = new ArrayList<>();
    boolean away;

    @Override
    public Mono<Void> expect(Push push) {
        return Mono.fromRunnable(
                () -> {
                    if (away) {
                        throw new IllegalStateException("the database is away");
                    }
                    expected.add(push);
                });
    }

    @Override
    public Flux<String> accounts() {
        return Flux.empty();
    }

    @Override
    public Flux<Due> lease(String account, int most) {
        return Flux.empty();
    }

    @Override
    public Mono<Void> done(UUID delivery) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> again(UUID delivery, Instant notBefore) {
        return Mono.empty();
    }
}
