package io.guanjia.sandbox.quota;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each API may be called in a minute, an hour or a day, which begins when it does in
 * Beijing.
 *
 * <p>Safe for use by several threads.
 */
public final class CallQuotas {

    /** In place of an API: each of those that have no limit of their own. */
    public static final String EACH = "*";

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private final Clock clock;
    private final ChronoUnit period;
    private final Map<String, Integer> limits;
    private final Map<String, Long> used = new HashMap<>();
    private Instant begun;
    private Instant end;

    /**
     * Where an API stands.
     *
     * @param limit -1 when there is none
     */
    public record Usage(long used, long limit) {

        public long left() {
            return Math.max(0, limit - used);
        }
    }

    public CallQuotas(Clock clock, ChronoUnit period, Map<String, Integer> limits) {
        this.clock = clock;
        this.period = period;
        this.limits = new HashMap<>(limits);
        this.begun = clock.instant().atZone(BEIJING).truncatedTo(period).toInstant();
        this.end = begun;
    }

    /** Sets how often an API may be called. */
    public synchronized void limit(String api, int most) {
        limits.put(api, most);
    }

    /** Uses up what an API has left. */
    public synchronized void exhaust(String api) {
        turnPage();
        var limit = limitOf(api);
        if (limit == null) {
            limits.put(api, 0);
        }
        used.put(api, limit == null ? 0L : limit);
    }

    /** What was used of what, by API. */
    public synchronized Map<String, Usage> usage() {
        turnPage();
        var usage = new HashMap<String, Usage>();
        limits.forEach((api, limit) -> usage.put(api, new Usage(0, limit)));
        used.forEach(
                (api, count) -> {
                    var limit = limitOf(api);
                    usage.put(api, new Usage(count, limit == null ? -1 : limit));
                });
        return usage;
    }

    /** Counts a call. Returns false, and counts nothing, when there was none left. */
    public synchronized boolean take(String api) {
        return lacking(List.of(api)) == null;
    }

    /**
     * Counts a call that is counted in several ways. Returns the first of which nothing was left,
     * and then counts nothing; null when it could be made.
     */
    public synchronized @Nullable String lacking(List<String> apis) {
        turnPage();
        for (var api : apis) {
            var limit = limitOf(api);
            if (limit != null && used.getOrDefault(api, 0L) >= limit) {
                return api;
            }
        }
        apis.forEach(api -> used.merge(api, 1L, Long::sum));
        return null;
    }

    /** Begins anew. */
    public synchronized void clear() {
        used.clear();
    }

    /** When all begins anew by itself. */
    public synchronized Instant end() {
        turnPage();
        return end;
    }

    private @Nullable Integer limitOf(String api) {
        var own = limits.get(api);
        return own == null ? limits.get(EACH) : own;
    }

    /** The clock can be set back, too. */
    private void turnPage() {
        var now = clock.instant();
        if (now.isBefore(begun) || !now.isBefore(end)) {
            var start = now.atZone(BEIJING).truncatedTo(period);
            if (!start.toInstant().equals(begun)) {
                used.clear();
            }
            begun = start.toInstant();
            end = start.plus(1, period).toInstant();
        }
    }
}
