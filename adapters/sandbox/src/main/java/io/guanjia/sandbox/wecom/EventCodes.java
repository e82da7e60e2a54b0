package io.guanjia.sandbox.wecom;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Codes that let the server answer an event: once, and as a rule within 20 seconds. Safe for use by
 * several threads. Source: 企业微信开发者中心, 发送欢迎语等事件响应消息 (95122).
 */
final class EventCodes<C> {

    static final Duration LIFE = Duration.ofSeconds(20);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final CorpError otherwise;
    private final Map<String, Open<C>> open = new HashMap<>();

    /**
     * @param otherwise what a code is refused with that is no longer good
     */
    EventCodes(Clock clock, CorpError otherwise) {
        this.clock = clock;
        this.otherwise = otherwise;
    }

    private record Open<C>(C customer, Instant until) {}

    String issue(C customer) {
        return issue(customer, LIFE);
    }

    synchronized String issue(C customer, Duration life) {
        var random = new byte[18];
        RANDOM.nextBytes(random);
        var code = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        open.values().removeIf(one -> !clock.instant().isBefore(one.until));
        open.put(code, new Open<>(customer, clock.instant().plus(life)));
        return code;
    }

    /** Whom a code is for; spends it. */
    synchronized C take(String code) {
        var found = open.remove(code);
        if (found == null || !clock.instant().isBefore(found.until)) {
            throw new CorpRefusal(otherwise);
        }
        return found.customer;
    }

    synchronized boolean knows(String code) {
        return open.containsKey(code);
    }

    synchronized void clear() {
        open.clear();
    }
}
