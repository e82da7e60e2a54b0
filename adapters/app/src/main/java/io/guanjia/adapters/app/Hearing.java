package io.guanjia.adapters.app;

import io.guanjia.gateway.channel.CustomerTyping;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does what a client asks for over its socket. */
final class Hearing {

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);

    private final Inbox inbox;
    private final CustomerTyping typing;
    private final MessageReader messages;
    private final Telling telling;
    private final JsonMapper mapper;

    Hearing(
            Inbox inbox,
            CustomerTyping typing,
            MessageReader messages,
            Telling telling,
            JsonMapper mapper) {
        this.inbox = inbox;
        this.typing = typing;
        this.messages = messages;
        this.telling = telling;
        this.mapper = mapper;
    }

    /**
     * Never fails: what goes wrong is said, or ends the talk.
     *
     * @param text empty for a mere sign of life
     */
    Mono<Void> hear(AppSocket socket, String text) {
        socket.heard();
        if (text.isEmpty()) {
            return Mono.empty();
        }
        return socket.paced() ? obey(socket, text) : end(socket, CloseStatus.POLICY_VIOLATION);
    }

    private Mono<Void> obey(AppSocket socket, String text) {
        try {
            var request = mapper.readTree(text);
            return switch (request.path("type").asString("")) {
                case "send" -> send(socket, request, text);
                case "received" -> confirm(socket, request, false);
                case "read" -> confirm(socket, request, true);
                case "typing" ->
                        request.path("on").asBoolean(true)
                                ? typing.typing(socket.customer().address())
                                : Mono.empty();
                case "ping" -> Mono.fromRunnable(() -> telling.push(socket, new Frame.Pong()));
                default -> end(socket, CloseStatus.BAD_DATA);
            };
        } catch (JacksonException e) {
            return end(socket, CloseStatus.BAD_DATA);
        }
    }

    private Mono<Void> send(AppSocket socket, JsonNode request, String text) {
        var id = request.path("id").asString("");
        return Mono.fromSupplier(() -> messages.read(request, text))
                .flatMap(said -> inbox.take(socket.customer(), said).thenReturn(said))
                .<Frame>map(said -> new Frame.Accepted(said.id()))
                .onErrorResume(
                        Refusal.class,
                        refusal -> Mono.just(new Frame.Refused(id, refusal.code().word())))
                .flatMap(answer -> Mono.fromRunnable(() -> telling.push(socket, answer)));
    }

    /** One that is lost is made good by the next, which says the same and more. */
    private Mono<Void> confirm(AppSocket socket, JsonNode request, boolean read) {
        var upTo = request.path("sequence").asLong(-1);
        if (upTo < 0) {
            return end(socket, CloseStatus.BAD_DATA);
        }
        return inbox.confirm(socket.customer(), upTo, read)
                .onErrorResume(
                        failure -> {
                            log.warn("A confirmation is lost: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    private static Mono<Void> end(AppSocket socket, CloseStatus status) {
        return Mono.fromRunnable(() -> socket.close(status));
    }
}
