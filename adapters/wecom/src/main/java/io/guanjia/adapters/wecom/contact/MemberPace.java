package io.guanjia.adapters.wecom.contact;

import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.SharedQuotas;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.function.Function;

/**
 * Keeps to what one application may send to one member. The platform says nothing about what is
 * beyond: it takes it and shows it to nobody. Source: 企业微信开发者中心, 访问频率限制 (90312),
 * 每应用对同一个成员不可超过30次/分，1000次/小时.
 */
final class MemberPace {

    private static final int MOST_A_MINUTE = 30;
    private static final int MOST_AN_HOUR = 1000;

    /** As long as nodes count together. */
    private static final Duration HOUR = Duration.ofHours(1);

    private final SharedQuotas quotas;
    private final String application;
    private final Duration minute;

    MemberPace(SharedQuotas quotas, WecomAccount account) {
        this.quotas = quotas;
        // Two accounts may be the same application.
        this.application =
                WecomChannel.NAME + "/" + account.corpId() + "/" + account.agentId() + "/";
        // The platform counts when it hears of a message, which is up to a timeout later.
        this.minute = Duration.ofMinutes(1).plus(account.timeout());
    }

    /** Completes where one more may go to the member now; else only that message has to wait. */
    Mono<Void> take(String member) {
        var key = application + member;
        return take(
                        key,
                        MOST_A_MINUTE,
                        minute,
                        wait -> Throttled.alone("a member takes 30 messages a minute", wait))
                .then(
                        take(
                                key + "/hour",
                                MOST_AN_HOUR,
                                HOUR,
                                wait ->
                                        Throttled.alone(
                                                "a member takes 1000 messages an hour", wait)));
    }

    private Mono<Void> take(
            String key, int most, Duration period, Function<Duration, Throttled> tooMuch) {
        return Mono.defer(() -> quotas.take(key, most, period))
                .flatMap(wait -> wait.isZero() ? Mono.empty() : Mono.error(tooMuch.apply(wait)));
    }
}
