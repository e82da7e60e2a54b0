package io.guanjia.cmpp.protocol;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;

/**
 * Msg_Id: month in 4 bits, day 5, hour 5, minute 6, second 6, the gateway's number 22, a sequence
 * 16 (CMPP 3.0, 8.4.3.2).
 */
public final class MsgId {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Duration BELIEVABLE = Duration.ofDays(2);

    private MsgId() {}

    /** The id of a gateway's message. */
    public static long of(Instant at, int gateway, int sequence) {
        var time = LocalDateTime.ofInstant(at, CHINA);
        return (long) time.getMonthValue() << 60
                | (long) time.getDayOfMonth() << 55
                | (long) time.getHour() << 50
                | (long) time.getMinute() << 44
                | (long) time.getSecond() << 38
                | (long) (gateway & 0x3fffff) << 16
                | (sequence & 0xffff);
    }

    /**
     * When the gateway gave the id. It names no year, so it is taken for the one closest to {@code
     * near}; null for what is no time or is days away, as with gateways that count in their own
     * way.
     */
    public static @Nullable Instant time(long id, Instant near) {
        var year = LocalDateTime.ofInstant(near, CHINA).getYear();
        for (int candidate = year - 1; candidate <= year + 1; candidate++) {
            var time = time(id, candidate);
            if (time != null && Duration.between(time, near).abs().compareTo(BELIEVABLE) <= 0) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable Instant time(long id, int year) {
        try {
            return LocalDateTime.of(
                            year,
                            (int) (id >>> 60),
                            (int) (id >>> 55 & 0x1f),
                            (int) (id >>> 50 & 0x1f),
                            (int) (id >>> 44 & 0x3f),
                            (int) (id >>> 38 & 0x3f))
                    .atZone(CHINA)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** 16 hexadecimal digits. */
    public static String text(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
