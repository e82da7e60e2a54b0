package io.guanjia.sandbox.wechat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each API may be called in a day, which begins at midnight in Beijing. {@code
 * clear_quota} begins it anew, ten times a month.
 *
 * <p>Safe for use by several threads.
 */
public final class Quotas {

    static final int CLEARED_PER_MONTH = 10;
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    /** A day in Beijing. */
    record Day(LocalDate date) {

        static Day of(Instant instant) {
            return new Day(LocalDate.ofInstant(instant, BEIJING));
        }
    }

    /**
     * Where an API stands today.
     *
     * @param limit -1 when there is none
     */
    public record Usage(long used, long limit) {}

    private final Clock clock;
    private final Map<String, Integer> limits;
    private final Map<String, Long> used = new HashMap<>();
    private Day today;
    private YearMonth month;
    private int clearedThisMonth;

    Quotas(Clock clock, Map<String, Integer> limits) {
        this.clock = clock;
        this.limits = new HashMap<>(limits);
        this.today = Day.of(clock.instant());
        this.month = YearMonth.from(today.date());
    }

    /** Sets how often an API may be called in a day. */
    public synchronized void limit(String api, int perDay) {
        limits.put(api, perDay);
    }

    /** Uses up what an API has left today. */
    public synchronized void exhaust(String api) {
        turnPage();
        used.put(api, (long) limits.computeIfAbsent(api, unlimited -> 0));
    }

    /** What was used of what today, by API. */
    public synchronized Map<String, Usage> usage() {
        turnPage();
        var usage = new HashMap<String, Usage>();
        limits.forEach((api, limit) -> usage.put(api, new Usage(0, limit)));
        used.forEach(
                (api, count) -> usage.put(api, new Usage(count, limits.getOrDefault(api, -1))));
        return usage;
    }

    /** Counts a call. Returns false, and counts nothing, when there was none left. */
    synchronized boolean take(String api) {
        turnPage();
        var limit = limits.get(api);
        long count = used.getOrDefault(api, 0L);
        if (limit != null && count >= limit) {
            return false;
        }
        used.put(api, count + 1);
        return true;
    }

    /** Begins the day anew. Returns false when that was done ten times this month. */
    synchronized boolean clear() {
        turnPage();
        if (clearedThisMonth == CLEARED_PER_MONTH) {
            return false;
        }
        clearedThisMonth++;
        used.clear();
        return true;
    }

    private void turnPage() {
        var day = Day.of(clock.instant());
        if (!day.equals(today)) {
            today = day;
            used.clear();
        }
        var thisMonth = YearMonth.from(day.date());
        if (!thisMonth.equals(month)) {
            month = thisMonth;
            clearedThisMonth = 0;
        }
    }
}
