package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.quota.CallQuotas;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often in a minute, and how many at once, an account's server may call each API. Source:
 * 企业微信开发者中心, 访问频率限制 and 全局错误码 (90313). The platform counts by corporation and shuts an API for 60
 * seconds; here each account is counted alone, and what is shut is so until the next full minute.
 * Safe for use by several threads.
 */
public final class CorpLimits {

    /** 每企业调用单个cgi/api不可超过1万次/分. */
    private static final int PER_MINUTE = 10_000;

    /** Of the others it is not said how many. */
    private static final Map<String, Integer> AT_ONCE = Map.of("kf/sync_msg", 5);

    private final CallQuotas perMinute;
    private final Map<String, Integer> atOnce = new ConcurrentHashMap<>(AT_ONCE);
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    CorpLimits(Clock clock) {
        this.perMinute =
                new CallQuotas(clock, ChronoUnit.MINUTES, Map.of(CallQuotas.EACH, PER_MINUTE));
    }

    /** Calls in a minute. */
    public CallQuotas perMinute() {
        return perMinute;
    }

    /** From now on so many calls of an API may be under way at once. */
    public void atOnce(String api, int most) {
        atOnce.put(api, most);
    }

    /** Counts a call. Fails with {@link CorpRefusal} where it is one too many. */
    void take(String api) {
        if (!perMinute.take(api)) {
            throw new CorpRefusal(CorpError.TOO_FREQUENT);
        }
    }

    /** The answer to one of the calls that may be under way at once. */
    <T> Mono<T> alongside(String api, Mono<T> answer) {
        return Mono.defer(
                () -> {
                    var most = atOnce.get(api);
                    var others = underWay.computeIfAbsent(api, first -> new AtomicInteger());
                    if (others.getAndIncrement() >= (most == null ? Integer.MAX_VALUE : most)) {
                        others.decrementAndGet();
                        return Mono.error(new CorpRefusal(CorpError.TOO_MANY_AT_ONCE));
                    }
                    return answer.doFinally(end -> others.decrementAndGet());
                });
    }
}
