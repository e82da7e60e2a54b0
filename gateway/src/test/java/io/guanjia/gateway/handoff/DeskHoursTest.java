package io.guanjia.gateway.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

class DeskHoursTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** The second of March 2026 is a Monday; the desk opens on that day and on Friday. */
    @ParameterizedTest
    @CsvSource({
        "09:00, 21:00, 2026-03-02T08:59:59, false",
        "09:00, 21:00, 2026-03-02T09:00:00, true",
        "09:00, 21:00, 2026-03-02T21:00:00, false",
        "09:00, 21:00, 2026-03-03T12:00:00, false",
        "09:00, 00:00, 2026-03-02T23:59:59, true",
        "09:00, 00:00, 2026-03-03T00:00:00, false",
        "00:00, 00:00, 2026-03-02T00:00:00, true",
        "00:00, 00:00, 2026-03-02T23:59:59, true",
        "09:00, 09:00, 2026-03-02T09:00:00, false",
        "09:00, 09:00, 2026-03-02T12:00:00, false"
    })
    void opensAndClosesOnOneDay(
            LocalTime opens, LocalTime closes, LocalDateTime now, boolean inHours) {
        assertThat(inHours(opens, closes, now)).isEqualTo(inHours);
    }

    @ParameterizedTest
    @CsvSource({
        "21:00, 06:00, 2026-03-02T05:59:59, false",
        "21:00, 06:00, 2026-03-02T20:59:59, false",
        "21:00, 06:00, 2026-03-02T21:00:00, true",
        "21:00, 06:00, 2026-03-03T00:00:00, true",
        "21:00, 06:00, 2026-03-03T05:59:59, true",
        "21:00, 06:00, 2026-03-03T06:00:00, false",
        "21:00, 06:00, 2026-03-03T21:00:00, false",
        "21:00, 06:00, 2026-03-04T03:00:00, false",
        "21:00, 06:00, 2026-03-07T03:00:00, true"
    })
    void closesTheMorningAfterADayOnWhichItOpens(
            LocalTime opens, LocalTime closes, LocalDateTime now, boolean inHours) {
        assertThat(inHours(opens, closes, now)).isEqualTo(inHours);
    }

    private static boolean inHours(LocalTime opens, LocalTime closes, LocalDateTime now) {
        var settings =
                new HandoffSettings(
                        SHANGHAI,
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        opens,
                        closes,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30));
        var clock = Clock.fixed(now.atZone(SHANGHAI).toInstant(), SHANGHAI);
        return new DeskHours(settings, () -> Mono.just(true), clock)
                .now()
                .map(Desk::inHours)
                .blockOptional()
                .orElseThrow();
    }
}
