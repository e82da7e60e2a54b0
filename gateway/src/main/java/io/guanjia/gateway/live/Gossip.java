package io.guanjia.gateway.live;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Words that are worth nothing a moment later, such as that somebody types, told to every node,
 * this one included. Any of them may be lost, and all are while Redis is away, except here.
 */
public final class Gossip<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper mapper;
    private final ChannelTopic topic;
    private final Class<T> type;
    private final String node = UUID.randomUUID().toString();
    private final Sinks.Many<T> here = Sinks.many().multicast().directBestEffort();

    public Gossip(
            ReactiveStringRedisTemplate redis, JsonMapper mapper, String topic, Class<T> type) {
        this.redis = redis;
        this.mapper = mapper;
        this.topic = ChannelTopic.of(topic);
        this.type = type;
    }

    /** Never fails. */
    public Mono<Void> tell(T word) {
        return Mono.fromRunnable(() -> here.tryEmitNext(word))
                .then(
                        Mono.defer(
                                () ->
                                        redis.convertAndSend(
                                                topic.getTopic(),
                                                mapper.writeValueAsString(
                                                        Map.of("node", node, "word", word)))))
                .timeout(PATIENCE)
                .onErrorComplete()
                .then();
    }

    /** Everybody's, as far as heard. */
    public Flux<T> heard() {
        var elsewhere =
                // Connects when it is called, which fails at once while Redis is away.
                Flux.defer(() -> redis.listenTo(topic))
                        .map(message -> mapper.readTree(message.getMessage()))
                        .filter(said -> !node.equals(said.path("node").asString("")))
                        .map(said -> mapper.treeToValue(said.path("word"), type))
                        .repeat()
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
                                        .maxBackoff(Duration.ofSeconds(5)));
        return Flux.merge(here.asFlux(), elsewhere);
    }
}
