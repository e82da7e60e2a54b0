package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.quota.CallQuotas;
import io.guanjia.sandbox.quota.CallQuotas.Usage;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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

    private final Clock clock;
    private final CallQuotas today;
    private YearMonth month;
    private int clearedThisMonth;

    Quotas(Clock clock, Map<String, Integer> limits) {
        this.clock = clock;
        this.today = new CallQuotas(clock, ChronoUnit.DAYS, limits);
        this.month = YearMonth.from(Day.of(clock.instant()).date());
    }

    /** Sets how often an API may be called in a day. */
    public void limit(String api, int perDay) {
        today.limit(api, perDay);
    }

    /** Uses up what an API has left today. */
    public void exhaust(String api) {
        today.exhaust(api);
    }

    /** What was used of what today, by API. */
    public Map<String, Usage> usage() {
        return today.usage();
    }

    /** Counts a call. Returns false, and counts nothing, when there was none left. */
    boolean take(String api) {
        return today.take(api);
    }

    /** Begins the day anew. Returns false when that was done ten times this month. */
    synchronized boolean clear() {
        var thisMonth = YearMonth.from(Day.of(clock.instant()).date());
        if (!thisMonth.equals(month)) {
            month = thisMonth;
            clearedThisMonth = 0;
        }
        if (clearedThisMonth == CLEARED_PER_MONTH) {
            return false;
        }
        clearedThisMonth++;
        today.clear();
        return true;
    }
}
