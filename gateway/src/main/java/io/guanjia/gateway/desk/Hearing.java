package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.ConversationReads.Revision;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.UUID;

/** Does what a client asks for over its socket. */
final class Hearing {

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);

    private final ConversationReads conversations;
    private final MessageReads messages;
    private final Watched watched;
    private final JsonMapper mapper;

    Hearing(
            ConversationReads conversations,
            MessageReads messages,
            Watched watched,
            JsonMapper mapper) {
        this.conversations = conversations;
        this.messages = messages;
        this.watched = watched;
        this.mapper = mapper;
    }

    /**
     * @param text empty for a mere sign of life
     */
    Mono<Void> hear(DeskSocket socket, String text) {
        socket.heard();
        return text.isEmpty() ? Mono.empty() : obey(socket, text);
    }

    private Mono<Void> obey(DeskSocket socket, String text) {
        try {
            var request = mapper.readTree(text);
            return switch (request.path("type").asString("")) {
                case "watch" ->
                        watch(
                                socket,
                                conversation(request),
                                Math.max(0, request.path("revision").asLong(0)));
                case "unwatch" -> Mono.fromRunnable(() -> unwatch(socket, conversation(request)));
                case "ping" -> Mono.fromRunnable(() -> socket.push(new Frame.Pong()));
                default -> nonsense(socket);
            };
        } catch (JacksonException | IllegalArgumentException e) {
            return nonsense(socket);
        }
    }

    private static UUID conversation(JsonNode request) {
        return UUID.fromString(request.path("conversation").asString(""));
    }

    private static Mono<Void> nonsense(DeskSocket socket) {
        return Mono.fromRunnable(() -> socket.close(CloseStatus.BAD_DATA));
    }

    private Mono<Void> watch(DeskSocket socket, UUID conversation, long have) {
        return conversations
                .find(conversation, socket.viewer())
                .map(found -> new Revision(conversation, found.revision()))
                .flatMap(
                        now -> {
                            var watch = new Watch(conversation, have);
                            if (!socket.add(watch)) {
                                return nonsense(socket);
                            }
                            watched.add(socket, now);
                            return catchUp(socket, watch, true).thenReturn(true).then();
                        })
                .switchIfEmpty(
                        Mono.fromRunnable(
                                () -> {
                                    if (socket.watch(conversation).isEmpty()) {
                                        socket.push(new Frame.NotFound(conversation));
                                    }
                                }));
    }

    private void unwatch(DeskSocket socket, UUID conversation) {
        socket.remove(conversation);
        watched.remove(socket, conversation);
    }

    /**
     * Reads and sends what the client lacks until it lacks nothing. Where that fails the socket is
     * closed: the client comes back for the rest, and the other sockets go on.
     *
     * @param answer whether to send a frame even if there is nothing in it
     */
    Mono<Void> catchUp(DeskSocket socket, Watch watch, boolean answer) {
        return read(socket, watch, answer)
                .onErrorResume(
                        failure -> {
                            log.warn("A thread could not be read: {}", failure.toString());
                            return Mono.fromRunnable(() -> socket.close(CloseStatus.SERVER_ERROR));
                        });
    }

    private Mono<Void> read(DeskSocket socket, Watch watch, boolean answer) {
        var since = watch.have();
        return messages.after(watch.conversation(), since)
                .flatMap(
                        found -> {
                            if (!socket.has(watch)) {
                                return Mono.empty();
                            }
                            if (answer || found.revision() > since) {
                                socket.push(
                                        new Frame.Messages(
                                                watch.conversation(),
                                                since,
                                                found.revision(),
                                                found.items()));
                            }
                            watch.caughtUp(found.revision());
                            return found.more() || !watch.live()
                                    ? read(socket, watch, false)
                                    : Mono.empty();
                        });
    }
}
