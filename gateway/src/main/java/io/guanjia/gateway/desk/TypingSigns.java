package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.outbound.Circuits;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.UUID;

/**
 * Shows that a person is typing: to the customer where the channel can, and to whoever else watches
 * the thread, on every node. Worth nothing a moment later, so whatever goes wrong is forgotten.
 */
@Component
final class TypingSigns {

    private static final String TOPIC = "guanjia:typing";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Channels channels;
    private final Circuits circuits;
    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper mapper;
    private final String node = UUID.randomUUID().toString();
    private final Sinks.Many<Sign> here = Sinks.many().multicast().directBestEffort();

    TypingSigns(
            Channels channels,
            Circuits circuits,
            ReactiveStringRedisTemplate redis,
            JsonMapper mapper) {
        this.channels = channels;
        this.circuits = circuits;
        this.redis = redis;
        this.mapper = mapper;
    }

    /** Somebody types in a thread. */
    record Sign(String node, UUID conversation, String username, String name) {}

    Mono<Void> show(ConversationView conversation, Viewer viewer, boolean on) {
        return Mono.when(
                customer(conversation, on),
                on ? colleagues(conversation, viewer) : Mono.<Void>empty());
    }

    /** Everybody's, as far as heard. */
    Flux<Sign> signs() {
        var elsewhere =
                // Connects when it is called, which fails at once while Redis is away.
                Flux.defer(() -> redis.listenTo(ChannelTopic.of(TOPIC)))
                        .map(message -> mapper.readValue(message.getMessage(), Sign.class))
                        .filter(sign -> !sign.node().equals(node))
                        .repeat()
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
                                        .maxBackoff(Duration.ofSeconds(5)));
        return Flux.merge(here.asFlux(), elsewhere);
    }

    private Mono<Void> customer(ConversationView conversation, boolean on) {
        return Mono.justOrEmpty(channels.find(conversation.channel()))
                .filter(
                        channel ->
                                channel.accounts().stream()
                                        .anyMatch(
                                                account ->
                                                        account.typing()
                                                                && account.name()
                                                                        .equals(
                                                                                conversation
                                                                                        .account())))
                .filterWhen(
                        channel ->
                                circuits.anyOpen(conversation.channel(), conversation.account())
                                        .map(open -> !open))
                .flatMap(
                        channel ->
                                channel.typing(
                                        new Address(
                                                conversation.channel(),
                                                conversation.account(),
                                                conversation.party()),
                                        on))
                .timeout(PATIENCE)
                .onErrorComplete();
    }

    private Mono<Void> colleagues(ConversationView conversation, Viewer viewer) {
        var agent = conversation.agent();
        var sign =
                new Sign(
                        node,
                        conversation.id(),
                        viewer.username(),
                        agent == null ? viewer.username() : agent.name());
        return Mono.fromRunnable(() -> here.tryEmitNext(sign))
                .then(
                        Mono.defer(
                                () -> redis.convertAndSend(TOPIC, mapper.writeValueAsString(sign))))
                .timeout(PATIENCE)
                .onErrorComplete()
                .then();
    }
}
