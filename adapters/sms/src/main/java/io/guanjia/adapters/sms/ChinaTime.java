package io.guanjia.adapters.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The clock on the wall of Chinese providers, by which they write times and count. */
public final class ChinaTime {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMddHH");

    private ChinaTime() {}

    /** Such as 2024-11-05 21:00:03. */
    public static Instant read(String written, Instant otherwise) {
        try {
            return LocalDateTime.parse(written.strip(), WRITTEN).atZone(ZONE).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    /** The hour it is then, such as 2024110521. */
    public static String writtenHour(Instant at) {
        return HOUR.format(at.atZone(ZONE));
    }

    public static Instant midnight(Instant after) {
        return after.atZone(ZONE).toLocalDate().plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    public static Instant newMonth(Instant after) {
        return after.atZone(ZONE)
                .toLocalDate()
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(ZONE)
                .toInstant();
    }

    /** From now until the next full minute or hour. */
    public static Duration untilNext(ChronoUnit unit, Instant now) {
        return Duration.between(now, now.truncatedTo(unit).plus(1, unit));
    }

    /** From now until it is that late, today or tomorrow. */
    public static Duration until(LocalTime time, Instant now) {
        var today = now.atZone(ZONE).with(time).toInstant();
        return Duration.between(now, today.isAfter(now) ? today : today.plus(1, ChronoUnit.DAYS));
    }
}
