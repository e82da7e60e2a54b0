package io.guanjia.gateway.accounts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;

/** Tells every node that an account has changed. A ring may be lost: nobody relies on one alone. */
final class AccountsBell {

    private static final Logger log = LoggerFactory.getLogger(AccountsBell.class);
    private static final String TOPIC = "guanjia:accounts";
    private static final Duration RING_WITHIN = Duration.ofSeconds(1);

    private final ReactiveStringRedisTemplate redis;

    AccountsBell(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    /** To be called after the commit. Never fails. */
    Mono<Void> ring() {
        return Mono.defer(() -> redis.convertAndSend(TOPIC, "changed"))
                .timeout(RING_WITHIN)
                .onErrorComplete()
                .then();
    }

    /** As far as heard; does not end. */
    Flux<String> rings() {
        return Flux.defer(() -> redis.listenTo(ChannelTopic.of(TOPIC)))
                .<String>map(message -> message.getMessage())
                .repeat()
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                .maxBackoff(Duration.ofSeconds(2))
                                .doBeforeRetry(
                                        signal -> log.debug("Redis is away; listening again")));
    }
}
