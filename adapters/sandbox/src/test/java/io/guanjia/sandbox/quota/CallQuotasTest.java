package io.guanjia.sandbox.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.SandboxClock;
import io.guanjia.sandbox.quota.CallQuotas.Usage;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

class CallQuotasTest {

    private static final Instant HALF_PAST_FOUR = Instant.parse("2026-03-02T08:30:00Z");

    private final SandboxClock clock =
            new SandboxClock(Clock.fixed(HALF_PAST_FOUR, ZoneOffset.UTC));

    @Test
    void aCallBeyondTheLimitIsNotCountedAndTheNextHourBeginsAnew() {
        var quotas = new CallQuotas(clock, ChronoUnit.HOURS, Map.of("send", 2));

        assertThat(quotas.take("send")).isTrue();
        assertThat(quotas.take("send")).isTrue();
        assertThat(quotas.take("send")).isFalse();
        assertThat(quotas.usage()).containsEntry("send", new Usage(2, 2));
        assertThat(quotas.end()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));

        clock.advance(Duration.ofMinutes(30));
        assertThat(quotas.take("send")).isTrue();
        assertThat(quotas.usage()).containsEntry("send", new Usage(1, 2));
    }

    @Test
    void aDayBeginsAtMidnightInBeijing() {
        var quotas = new CallQuotas(clock, ChronoUnit.DAYS, Map.of("send", 1));

        assertThat(quotas.take("send")).isTrue();
        assertThat(quotas.end()).isEqualTo(Instant.parse("2026-03-02T16:00:00Z"));
        clock.advance(Duration.ofMinutes(7 * 60 + 29));
        assertThat(quotas.take("send")).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(quotas.take("send")).isTrue();
    }

    @Test
    void aClockThatIsSetBackBeginsAnewToo() {
        var quotas = new CallQuotas(clock, ChronoUnit.MINUTES, Map.of("send", 1));
        quotas.take("send");

        clock.advance(Duration.ofHours(-1));

        assertThat(quotas.take("send")).isTrue();
        assertThat(quotas.take("send")).isFalse();
    }

    @Test
    void whatHasNoLimitIsCountedAndWhatHasOnlyTheGeneralOneIsCountedAlone() {
        var quotas = new CallQuotas(clock, ChronoUnit.HOURS, Map.of());
        assertThat(quotas.take("get")).isTrue();
        assertThat(quotas.usage()).containsEntry("get", new Usage(1, -1));

        quotas.limit(CallQuotas.EACH, 1);
        assertThat(quotas.take("get")).isFalse();
        assertThat(quotas.take("send")).isTrue();
        assertThat(quotas.take("send")).isFalse();
    }

    @Test
    void whatIsUsedUpIsSoUntilTheHourIsOver() {
        var quotas = new CallQuotas(clock, ChronoUnit.HOURS, Map.of("send", 7));
        quotas.exhaust("send");
        quotas.exhaust("get");

        assertThat(quotas.take("send")).isFalse();
        assertThat(quotas.take("get")).isFalse();
        quotas.clear();
        assertThat(quotas.take("send")).isTrue();
    }

    @Test
    void aCallThatIsCountedInTwoWaysIsCountedInNoneWhereOneIsUsedUp() {
        var quotas = new CallQuotas(clock, ChronoUnit.HOURS, Map.of("user", 5, "send", 1));

        assertThat(quotas.lacking(List.of("user", "send"))).isNull();
        assertThat(quotas.lacking(List.of("user", "send"))).isEqualTo("send");
        assertThat(quotas.usage()).containsEntry("user", new Usage(1, 5));
    }
}
