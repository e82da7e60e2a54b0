package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.Quotas.Day;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The access tokens of one account.
 *
 * <p>Two independent lines, one per API. {@code token}: every call issues a new one and cuts the
 * life of the one before to five minutes. {@code stable_token}: the same one until five minutes
 * before its end; a forced refresh ends the one before at once, at most 20 times a day and 30
 * seconds apart. Source: 微信开放文档, 获取接口调用凭据 and 获取稳定版接口调用凭据.
 *
 * <p>Safe for use by several threads.
 */
public final class Tokens {

    static final int FORCED_PER_DAY = 20;
    static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);
    private static final int REMEMBERED = 2_000;
    private static final Pattern SHAPE = Pattern.compile("\\d{2}_[A-Za-z0-9_-]{100,500}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the platform answers: the token and how many seconds it is good for. */
    public record Grant(String token, long expiresInSeconds) {}

    private final Clock clock;
    private final Limits limits;
    private final Map<String, Instant> issued =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final Map<String, WechatError> ended = new LinkedHashMap<>();
    private @Nullable String latest;
    private @Nullable String stable;
    private @Nullable Instant forcedAt;
    private @Nullable Day forcedDay;
    private int forcedToday;
    private long refreshes;

    Tokens(Clock clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** What {@code /cgi-bin/token} does. */
    public synchronized Grant issue() {
        var before = latest;
        if (before != null) {
            cut(before, clock.instant().plus(limits.tokenOverlap()));
            ended.put(before, WechatError.INVALID_CREDENTIAL);
        }
        var token = fresh();
        latest = token;
        return grant(token);
    }

    /** What {@code /cgi-bin/stable_token} does without {@code force_refresh}. */
    public synchronized Grant stable() {
        var token = stable;
        if (token == null || secondsLeft(token) <= limits.tokenOverlap().toSeconds()) {
            token = fresh();
            stable = token;
        }
        return grant(token);
    }

    /**
     * What {@code /cgi-bin/stable_token} does with {@code force_refresh}. Empty when that was done
     * too often today; the present token when the last time was less than 30 seconds ago.
     */
    public synchronized Optional<Grant> force() {
        var now = clock.instant();
        var today = Day.of(now);
        if (!today.equals(forcedDay)) {
            forcedDay = today;
            forcedToday = 0;
        }
        if (forcedAt != null && now.isBefore(forcedAt.plus(BETWEEN_FORCED))) {
            return Optional.of(stable());
        }
        if (forcedToday == FORCED_PER_DAY) {
            return Optional.empty();
        }
        forcedToday++;
        forcedAt = now;
        var before = stable;
        if (before != null) {
            cut(before, now);
            ended.put(before, WechatError.INVALID_CREDENTIAL);
        }
        stable = null;
        return Optional.of(stable());
    }

    /** Makes every token wrong, as a changed secret does: 40001 from now on. */
    public synchronized void revokeAll() {
        endAll(WechatError.INVALID_CREDENTIAL);
    }

    /** Ends the life of every token: 42001 from now on. */
    public synchronized void expireAll() {
        endAll(WechatError.TOKEN_EXPIRED);
    }

    /** How many different tokens were issued so far. */
    public synchronized long refreshes() {
        return refreshes;
    }

    /** Whether this account issued the token, valid or not. */
    public synchronized boolean knows(String token) {
        return issued.containsKey(token);
    }

    /** What is wrong with a token; empty when it is good. */
    synchronized Optional<WechatError> check(String token) {
        var until = issued.get(token);
        if (until == null) {
            return Optional.of(malformed(token));
        }
        if (clock.instant().isBefore(until)) {
            return Optional.empty();
        }
        return Optional.of(ended.getOrDefault(token, WechatError.TOKEN_EXPIRED));
    }

    /** What the platform says of a token it never issued. */
    public static WechatError malformed(String token) {
        return SHAPE.matcher(token).matches()
                ? WechatError.INVALID_CREDENTIAL
                : WechatError.INVALID_ACCESS_TOKEN;
    }

    private void endAll(WechatError why) {
        var now = clock.instant();
        issued.replaceAll(
                (token, until) -> {
                    if (now.isBefore(until)) {
                        ended.put(token, why);
                    }
                    return until.isBefore(now) ? until : now;
                });
        latest = null;
        stable = null;
    }

    private void cut(String token, Instant end) {
        issued.computeIfPresent(token, (same, until) -> until.isBefore(end) ? until : end);
    }

    private Grant grant(String token) {
        return new Grant(token, secondsLeft(token));
    }

    private long secondsLeft(String token) {
        var until = issued.get(token);
        return until == null ? 0 : Duration.between(clock.instant(), until).toSeconds();
    }

    private String fresh() {
        var random = new byte[102];
        RANDOM.nextBytes(random);
        var token = "89_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        issued.put(token, clock.instant().plus(limits.tokenLife()));
        ended.keySet().retainAll(issued.keySet());
        refreshes++;
        return token;
    }
}
