package io.guanjia.gateway.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.message.Address;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The doorbell and the answer board over one Redis pub/sub topic. What happens on this node is
 * heard on this node without Redis, so a single node does not notice when Redis is away.
 */
final class RedisLive implements Doorbell, AnswerBoard, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RedisLive.class);
    private static final String TOPIC = "guanjia:live";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration PUBLISH_WITHIN = Duration.ofSeconds(1);

    /** Words that wait for Redis. They are hints: what does not fit is dropped. */
    private static final int BACKLOG = 1024;

    private static final int SIDE_BY_SIDE = 16;

    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;
    private final String node = UUID.randomUUID().toString();
    private final Sinks.Many<UUID> changes = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Word> words =
            Sinks.many().multicast().onBackpressureBuffer(BACKLOG, false);
    private final Cache<String, Waiting> waiting =
            Caffeine.newBuilder().expireAfterWrite(LONGEST_WAIT).maximumSize(200_000).build();
    private volatile @Nullable Disposable listening;

    RedisLive(ReactiveStringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** What one node tells the others. */
    record Word(String node, List<UUID> changed, List<Worked> worked) {}

    /**
     * Those who wait for word of one message.
     *
     * @param number how many they are: a platform may try again while we still hold its first try
     */
    private record Waiting(Sinks.One<Boolean> sink, int number) {

        static Waiting joined(@Nullable Waiting others) {
            return others == null
                    ? new Waiting(Sinks.one(), 1)
                    : new Waiting(others.sink, others.number + 1);
        }

        @Nullable Waiting left() {
            return number > 1 ? new Waiting(sink, number - 1) : null;
        }
    }

    @Override
    public Mono<Void> ring(Collection<UUID> conversations) {
        return tell(new Word(node, List.copyOf(conversations), List.of()));
    }

    @Override
    public Mono<Void> announce(Collection<Worked> worked) {
        return tell(new Word(node, List.of(), List.copyOf(worked)));
    }

    private Mono<Void> tell(Word word) {
        if (word.changed().isEmpty() && word.worked().isEmpty()) {
            return Mono.empty();
        }
        return Mono.fromRunnable(
                () -> {
                    hear(word);
                    synchronized (words) {
                        words.tryEmitNext(word);
                    }
                });
    }

    private Mono<Void> publish() {
        return words.asFlux().flatMap(this::publish, SIDE_BY_SIDE).then();
    }

    private Mono<Void> publish(Word word) {
        return Mono.defer(() -> redis.convertAndSend(TOPIC, json.writeValueAsString(word)))
                .timeout(PUBLISH_WITHIN)
                .onErrorComplete()
                .then();
    }

    private void hear(Word word) {
        synchronized (changes) {
            word.changed().forEach(changes::tryEmitNext);
        }
        for (var worked : word.worked()) {
            var listeners = waiting.getIfPresent(worked.key());
            if (listeners != null) {
                listeners.sink().tryEmitValue(worked.answered());
            }
        }
    }

    @Override
    public Flux<UUID> changes() {
        return changes.asFlux();
    }

    @Override
    public Mono<Boolean> await(Address from, String dedupeKey, Duration patience) {
        var key = AnswerBoard.key(from, dedupeKey);
        var listeners =
                Objects.requireNonNull(
                        waiting.asMap().compute(key, (same, others) -> Waiting.joined(others)));
        return listeners
                .sink()
                .asMono()
                .timeout(patience, Mono.empty())
                .doFinally(
                        end ->
                                waiting.asMap()
                                        .computeIfPresent(key, (same, others) -> others.left()));
    }

    private Mono<Void> listen() {
        return Flux.defer(() -> redis.listenTo(ChannelTopic.of(TOPIC)))
                .map(message -> json.readValue(message.getMessage(), Word.class))
                .filter(word -> !word.node().equals(node))
                .concatMap(word -> Mono.fromRunnable(() -> hear(word)))
                .then();
    }

    @Override
    public void start() {
        var hearing =
                listen().repeat()
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                        .maxBackoff(Duration.ofSeconds(2))
                                        .doBeforeRetry(
                                                signal ->
                                                        log.debug(
                                                                "Redis is away; listening again")))
                        .subscribe();
        listening = Disposables.composite(hearing, publish().subscribe());
    }

    @Override
    public void stop() {
        var subscription = listening;
        listening = null;
        if (subscription != null) {
            subscription.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }

    /** Listens before anything is announced, and until nothing is any more. */
    @Override
    public int getPhase() {
        return 0;
    }
}
