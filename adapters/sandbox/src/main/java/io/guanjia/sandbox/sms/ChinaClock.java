package io.guanjia.sandbox.sms;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as Chinese providers write and count them. */
final class ChinaClock {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMddHH");

    private ChinaClock() {}

    static String written(Instant at) {
        return WRITTEN.format(at.atZone(ZONE));
    }

    /** Such as 2024110521. Fails with {@link DateTimeParseException}. */
    static Instant readHour(String written) {
        return LocalDateTime.parse(written, HOUR).atZone(ZONE).toInstant();
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    static int hour(Instant at) {
        return LocalDateTime.ofInstant(at, ZONE).getHour();
    }
}
