package io.guanjia.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.AccountToken.Stale;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.SharedTokens.Fetched;
import io.guanjia.gateway.outbound.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

class AccountTokenTest {

    private static final Duration LIFE = Duration.ofHours(2);

    private final TestClock clock = new TestClock();
    private final Deque<Mono<String>> platform = new ArrayDeque<>();
    private final Set<String> stale = new HashSet<>();
    private final AccountToken token =
            new AccountToken(new OneToken(), "wechat/demo/wx1", this::fetch, clock);

    @Test
    void usesTheTokenThereIs() {
        gives("t1");

        StepVerifier.create(use()).expectNext("t1").verifyComplete();
        StepVerifier.create(use()).expectNext("t1").verifyComplete();
        assertThat(platform).isEmpty();
    }

    @Test
    void replacesAStaleTokenOnceAndTriesAgain() {
        gives("t1");
        gives("t2");
        stale.add("t1");

        StepVerifier.create(use()).expectNext("t2").verifyComplete();
        assertThat(problem()).isEmpty();
    }

    @Test
    void doesNotTryAgainWithTheTokenThatWasRejected() {
        gives("t1");
        gives("t1");
        stale.add("t1");

        StepVerifier.create(use()).verifyError(Unavailable.class);
        assertThat(problem()).isEqualTo("refused");
    }

    @Test
    void saysThatItIsRefusedUntilATokenIsTakenAgain() {
        gives("t1");
        gives("t2");
        stale.addAll(Set.of("t1", "t2"));
        StepVerifier.create(use()).verifyError(Stale.class);
        assertThat(problem()).isEqualTo("refused");

        platform.add(Mono.error(new Throttled("too soon", Duration.ofSeconds(30))));
        StepVerifier.create(use()).verifyError(Throttled.class);
        assertThat(problem()).as("another may not be had yet").isEqualTo("refused");

        clock.advance(Duration.ofHours(1));
        gives("t2");
        assertThat(problem()).as("nobody has called since").isEqualTo("refused");

        stale.clear();
        StepVerifier.create(use()).expectNext("t2").verifyComplete();
        assertThat(problem()).isEmpty();
    }

    @Test
    void doesNotAskThePlatformForEveryLook() {
        platform.add(Mono.error(new Blocked("40125", null, null)));
        assertThat(problem()).isEqualTo("refused");
        assertThat(problem()).isEqualTo("refused");

        gives("t1");
        clock.advance(Duration.ofSeconds(31));
        assertThat(problem()).isEmpty();
    }

    @Test
    void leavesNothingInDoubtWhereNoTokenCouldBeHad() {
        platform.add(Mono.error(new OutcomeUnknown("no answer")));

        StepVerifier.create(use()).verifyError(Unavailable.class);
        assertThat(problem()).isEqualTo("down");
    }

    private Mono<String> use() {
        return token.use(
                one -> stale.contains(one) ? Mono.error(new Stale(40001)) : Mono.just(one));
    }

    /** Empty where it is well. */
    private String problem() {
        var sign = token.health().blockOptional().orElseThrow();
        return sign.problem() == null ? "" : sign.problem();
    }

    private void gives(String next) {
        platform.add(Mono.just(next));
    }

    private Mono<Fetched> fetch(@Nullable String rejected) {
        return Mono.defer(platform::remove).map(next -> new Fetched(next, LIFE));
    }

    /** Keeps the last one it was given. */
    private static final class OneToken implements SharedTokens {
        private @Nullable String kept;

        @Override
        public Mono<String> current(String key, Function<@Nullable String, Mono<Fetched>> fetch) {
            return kept == null ? kept(fetch.apply(null)) : Mono.just(kept);
        }

        @Override
        public Mono<String> replace(
                String key, String rejected, Function<@Nullable String, Mono<Fetched>> fetch) {
            if (!rejected.equals(kept)) {
                return current(key, fetch);
            }
            kept = null;
            return kept(fetch.apply(rejected));
        }

        private Mono<String> kept(Mono<Fetched> fetched) {
            return fetched.map(
                    next -> {
                        kept = next.token();
                        return next.token();
                    });
        }
    }
}
