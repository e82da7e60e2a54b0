package io.guanjia.gateway.desk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.desk.MessageReads.After;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads what has changed, once for the node, and passes it to every socket here that may see it.
 *
 * <p>One announcement at a time, so each conversation's frames go out in the order of its
 * revisions.
 */
final class Announcements {

    private final ConversationReads conversations;
    private final MessageReads messages;
    private final OpenSockets sockets;
    private final Watched watched;
    private final Hearing hearing;
    private final JsonMapper mapper;
    private final Cache<UUID, Said> said =
            Caffeine.newBuilder()
                    .expireAfterAccess(Duration.ofMinutes(10))
                    .maximumSize(100_000)
                    .build();

    Announcements(
            ConversationReads conversations,
            MessageReads messages,
            OpenSockets sockets,
            Watched watched,
            Hearing hearing,
            JsonMapper mapper) {
        this.conversations = conversations;
        this.messages = messages;
        this.sockets = sockets;
        this.watched = watched;
        this.hearing = hearing;
        this.mapper = mapper;
    }

    private record Said(long revision, @Nullable String agent) {}

    /** Whether that revision of a conversation has been announced here, or a later one. */
    boolean knows(UUID conversation, long revision) {
        var last = said.getIfPresent(conversation);
        return last != null && last.revision() >= revision;
    }

    /** Emits whether there was anything new. */
    Mono<Boolean> announce(Collection<UUID> changed) {
        if (sockets.isEmpty()) {
            return Mono.just(false);
        }
        return conversations
                .all(changed)
                .map(
                        found ->
                                found.stream()
                                        .filter(each -> !knows(each.id(), each.revision()))
                                        .toList())
                .flatMap(this::announce);
    }

    private Mono<Boolean> announce(List<ConversationView> changed) {
        if (changed.isEmpty()) {
            return Mono.just(false);
        }
        var after = watched.after(changed.stream().map(ConversationView::id).toList());
        var since = after.stream().collect(Collectors.toMap(After::conversation, After::revision));
        return (after.isEmpty() ? Flux.<MessageView>empty() : messages.after(after))
                .collect(Collectors.groupingBy(MessageView::conversationId))
                .flatMap(news -> pass(changed, since, news))
                .thenReturn(true);
    }

    private Mono<Void> pass(
            List<ConversationView> changed,
            Map<UUID, Long> since,
            Map<UUID, List<MessageView>> news) {
        return Flux.fromIterable(changed)
                .concatMap(
                        conversation -> {
                            pass(conversation);
                            var from = since.get(conversation.id());
                            return from == null
                                    ? Mono.empty()
                                    : pass(
                                            conversation,
                                            new Frame.Messages(
                                                    conversation.id(),
                                                    from,
                                                    conversation.revision(),
                                                    news.getOrDefault(
                                                            conversation.id(), List.of())));
                        })
                .then();
    }

    /** To everybody who may see it, and once to those who may not see it any more. */
    private void pass(ConversationView conversation) {
        var agent = conversation.agentUsername();
        var before = said.getIfPresent(conversation.id());
        said.put(conversation.id(), new Said(conversation.revision(), agent));
        var whole = new Rendered(new Frame.Changed(conversation), mapper);
        var gone = new Rendered(new Frame.Changed(conversation.withoutWords()), mapper);
        var hides = before == null || !Objects.equals(before.agent(), agent);
        for (var socket : sockets) {
            if (socket.viewer().sees(agent)) {
                socket.push(whole);
            } else if (hides) {
                socket.push(gone);
            }
        }
    }

    private Mono<Void> pass(ConversationView conversation, Frame.Messages news) {
        var rendered = new Rendered(news, mapper);
        watched.announced(conversation.id(), news.revision());
        return Flux.fromIterable(List.copyOf(watched.by(conversation.id())))
                .flatMap(socket -> pass(socket, conversation, news, rendered), 8)
                .then();
    }

    private Mono<Void> pass(
            DeskSocket socket,
            ConversationView conversation,
            Frame.Messages news,
            Rendered rendered) {
        if (!socket.viewer().sees(conversation.agentUsername())) {
            socket.remove(conversation.id());
            watched.remove(socket, conversation.id());
            return Mono.empty();
        }
        var watch = socket.watch(conversation.id());
        if (watch.isEmpty()) {
            return Mono.empty();
        }
        return switch (watch.get().announced(news.since(), news.revision())) {
            case SEND -> Mono.fromRunnable(() -> socket.push(rendered));
            case SKIP -> Mono.empty();
            case CATCH_UP -> hearing.catchUp(socket, watch.get(), false);
        };
    }
}
