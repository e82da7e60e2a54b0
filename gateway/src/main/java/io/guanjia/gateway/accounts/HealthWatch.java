package io.guanjia.gateway.accounts;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.accounts.Finding.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks at every account from time to time, says in the log when one falls ill or recovers, and
 * shows them to a monitor. Labels name channels and accounts, never people.
 *
 * <ul>
 *   <li>{@code guanjia.account.health}: 2 well, 1 needs attention, 0 down; none for what is
 *       switched off
 *   <li>{@code guanjia.account.heard} and {@code guanjia.account.reached}: seconds since the
 *       platform brought something, and since it took a message
 * </ul>
 */
final class HealthWatch extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(HealthWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final HealthReads reads;
    private final Clock clock;
    private final MultiGauge health;
    private final MultiGauge heard;
    private final MultiGauge reached;
    private final Map<AccountId, State> before = new HashMap<>();

    HealthWatch(HealthReads reads, MeterRegistry registry, Clock clock) {
        this.reads = reads;
        this.clock = clock;
        health =
                MultiGauge.builder("guanjia.account.health")
                        .description("2 well, 1 needs attention, 0 down")
                        .register(registry);
        heard =
                MultiGauge.builder("guanjia.account.heard")
                        .description("Since the platform last brought something")
                        .baseUnit("seconds")
                        .register(registry);
        reached =
                MultiGauge.builder("guanjia.account.reached")
                        .description("Since the platform last took a message")
                        .baseUnit("seconds")
                        .register(registry);
    }

    /** Looks once. One call at a time. */
    Mono<Void> look() {
        return reads.all().flatMap(all -> Mono.fromRunnable(() -> show(all)));
    }

    private void show(List<AccountHealth> all) {
        health.register(
                all.stream()
                        .filter(account -> account.finding().state() != State.OFF)
                        .map(account -> MultiGauge.Row.of(tags(account), number(account)))
                        .toList(),
                true);
        var now = clock.instant();
        heard.register(
                all.stream()
                        .filter(account -> account.facts().contact().heardAt() != null)
                        .map(
                                account ->
                                        MultiGauge.Row.of(
                                                tags(account),
                                                since(account.facts().contact().heardAt(), now)))
                        .toList(),
                true);
        reached.register(
                all.stream()
                        .filter(account -> account.facts().contact().reachedAt() != null)
                        .map(
                                account ->
                                        MultiGauge.Row.of(
                                                tags(account),
                                                since(account.facts().contact().reachedAt(), now)))
                        .toList(),
                true);
        all.forEach(this::note);
    }

    private void note(AccountHealth account) {
        var state = account.finding().state();
        var last = before.put(account.id(), state);
        var ill = state == State.ATTENTION || state == State.DOWN;
        if (ill && last != state) {
            log.warn(
                    "{}: {}",
                    account.id(),
                    HealthWords.of(account.finding(), account.id().channel(), Locale.ENGLISH));
        } else if (!ill && (last == State.ATTENTION || last == State.DOWN)) {
            log.info("{} is well again", account.id());
        }
    }

    private static double number(AccountHealth account) {
        return switch (account.finding().state()) {
            case WELL, OFF -> 2;
            case ATTENTION -> 1;
            case DOWN -> 0;
        };
    }

    private static double since(@Nullable Instant at, Instant now) {
        return at == null ? Double.NaN : Duration.between(at, now).toMillis() / 1000.0;
    }

    private static Tags tags(AccountHealth account) {
        return Tags.of("channel", account.id().channel(), "account", account.id().name());
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                this::look,
                failure ->
                        log.warn(
                                "Could not look at how the accounts are: {}",
                                getMostSpecificCause(failure).toString()));
    }
}
