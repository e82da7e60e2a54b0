package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.CustomerTyping;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.outbound.Circuits;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.UUID;

/**
 * Shows that somebody is typing: a person to the customer where the channel can, and either of them
 * to whoever else watches the thread, on every node. Worth nothing a moment later, so whatever goes
 * wrong is forgotten.
 */
@Component
final class TypingSigns implements CustomerTyping {

    private static final String TOPIC = "guanjia:typing";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Channels channels;
    private final Circuits circuits;
    private final ConversationReads conversations;
    private final Gossip<Sign> gossip;

    TypingSigns(
            Channels channels,
            Circuits circuits,
            ConversationReads conversations,
            ReactiveStringRedisTemplate redis,
            JsonMapper mapper) {
        this.channels = channels;
        this.circuits = circuits;
        this.conversations = conversations;
        this.gossip = new Gossip<>(redis, mapper, TOPIC, Sign.class);
    }

    /**
     * Somebody types in a thread.
     *
     * @param username empty for the customer
     */
    record Sign(UUID conversation, String username, String name) {}

    Mono<Void> show(ConversationView conversation, Viewer viewer, boolean on) {
        return Mono.when(
                customer(conversation, on),
                on ? colleagues(conversation, viewer) : Mono.<Void>empty());
    }

    @Override
    public Mono<Void> typing(Address from) {
        return conversations
                .openWith(from)
                .flatMap(open -> gossip.tell(new Sign(open.id(), "", open.name())))
                .timeout(PATIENCE)
                .onErrorComplete();
    }

    /** Everybody's, as far as heard. */
    Flux<Sign> signs() {
        return gossip.heard();
    }

    private Mono<Void> customer(ConversationView conversation, boolean on) {
        return Mono.justOrEmpty(channels.find(conversation.channel()))
                .filter(
                        channel ->
                                channel.accounts().stream()
                                        .anyMatch(
                                                account ->
                                                        account.capabilities().typing()
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
        return gossip.tell(
                new Sign(
                        conversation.id(),
                        viewer.username(),
                        agent == null ? viewer.username() : agent.name()));
    }
}
