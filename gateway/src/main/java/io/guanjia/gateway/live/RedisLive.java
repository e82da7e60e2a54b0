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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
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

    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;
    private final String node = UUID.randomUUID().toString();
    private final Sinks.Many<UUID> changes = Sinks.many().multicast().directBestEffort();
    private final Cache<String, Sinks.One<Boolean>> waiting =
            Caffeine.newBuilder().expireAfterWrite(LONGEST_WAIT).maximumSize(200_000).build();
    private volatile @Nullable Disposable listening;

    RedisLive(ReactiveStringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** What one node tells the others. */
    record Word(String node, List<UUID> changed, List<Worked> worked) {}

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
        return Mono.fromRunnable(() -> hear(word))
                .then(Mono.defer(() -> redis.convertAndSend(TOPIC, json.writeValueAsString(word))))
                .timeout(PUBLISH_WITHIN)
                .onErrorComplete()
                .then();
    }

    private void hear(Word word) {
        for (var conversation : word.changed()) {
            changes.emitNext(
                    conversation, Sinks.EmitFailureHandler.busyLooping(Duration.ofMillis(100)));
        }
        for (var worked : word.worked()) {
            var sink = waiting.getIfPresent(worked.key());
            if (sink != null) {
                sink.tryEmitValue(worked.answered());
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
        // A platform may try again while we still hold its first try: both wait on one sink.
        var sink = waiting.get(key, absent -> Sinks.one());
        return sink.asMono()
                .timeout(patience, Mono.empty())
                .doFinally(end -> waiting.asMap().remove(key, sink));
    }

    private Mono<Void> listen() {
        // The first connection is made by whoever subscribes, who waits for it: no event loop.
        return Flux.defer(() -> redis.listenTo(ChannelTopic.of(TOPIC)))
                .subscribeOn(Schedulers.boundedElastic())
                .map(message -> json.readValue(message.getMessage(), Word.class))
                .filter(word -> !word.node().equals(node))
                .concatMap(word -> Mono.fromRunnable(() -> hear(word)))
                .then();
    }

    @Override
    public void start() {
        listening =
                listen().repeat()
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                        .maxBackoff(Duration.ofSeconds(2))
                                        .doBeforeRetry(
                                                signal ->
                                                        log.debug(
                                                                "Redis is away; listening again")))
                        .subscribe();
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
