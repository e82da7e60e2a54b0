package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.DeskDoor.Pass;
import io.guanjia.gateway.live.Doorbell;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Serves the sockets of this node: {@link Hearing} what they say, telling them the {@link News},
 * and the {@link Doorkeeper} at the door. What a socket lacks it reads for itself, by revision, so
 * no client ever has a gap.
 */
@Component
final class Hub implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    /** Past this, who does not even take the close is cut off. */
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

    private final Presence presence;
    private final JsonMapper mapper;
    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final OpenSockets sockets = new OpenSockets();
    private final Watched watched = new Watched();
    private final Hearing hearing;
    private final News news;
    private final Doorkeeper doorkeeper;
    private volatile @Nullable Disposable work;

    Hub(
            DeskDoor door,
            Doorbell doorbell,
            ConversationReads conversations,
            MessageReads messages,
            CountReads counts,
            Presence presence,
            TypingSigns typing,
            JsonMapper mapper) {
        this.presence = presence;
        this.mapper = mapper;
        hearing = new Hearing(conversations, messages, watched, mapper);
        var announcements =
                new Announcements(conversations, messages, sockets, watched, hearing, mapper);
        news =
                new News(
                        sockets,
                        watched,
                        announcements,
                        doorbell,
                        conversations,
                        counts,
                        typing,
                        mapper);
        doorkeeper = new Doorkeeper(sockets, door, presence);
    }

    /** Completes when the socket is closed, by whichever side. */
    Mono<Void> serve(WebSocketSession session, Pass pass) {
        var socket = new DeskSocket(pass, mapper);
        // A message's bytes are gone once it has been passed on: read them before anything waits.
        // Our own close ends what comes in at once, but must not be cut off itself by that end.
        var heard =
                session.receive()
                        .map(Hub::text)
                        .concatMap(text -> hearing.hear(socket, text), 1)
                        .onErrorResume(
                                failure -> {
                                    log.debug("A socket of the desk broke: {}", failure.toString());
                                    return Mono.empty();
                                })
                        .then(
                                Mono.defer(
                                        () ->
                                                socket.queue().ending()
                                                        ? Mono.<Void>never()
                                                        : Mono.<Void>empty()));
        var said = session.send(socket.queue().messages(session)).then(Mono.<Void>never());
        var closed =
                socket.queue()
                        .end()
                        .flatMap(
                                status ->
                                        close(session, status)
                                                .timeout(CLOSED_WITHIN, Mono.empty()));
        return Mono.fromRunnable(() -> enter(socket))
                .then(presence.seen(List.of(pass.viewer().username())).onErrorComplete())
                .then(Mono.firstWithSignal(heard, said, closed))
                .onErrorResume(
                        failure -> {
                            log.debug("A socket of the desk broke: {}", failure.toString());
                            return Mono.empty();
                        })
                .doFinally(_ -> leave(socket));
    }

    /** Empty for a sign of life. */
    private static String text(WebSocketMessage message) {
        return message.getType() == WebSocketMessage.Type.TEXT ? message.getPayloadAsText() : "";
    }

    /** Not to be cancelled: that would take the frame back while it waits to be written. */
    private static Mono<Void> close(WebSocketSession session, CloseStatus status) {
        return Mono.fromFuture(() -> session.close(status).toFuture(), true);
    }

    private void enter(DeskSocket socket) {
        sockets.add(socket);
        socket.push(new Frame.Hello(socket.viewer().username(), node));
        news.countAgain();
        if (work == null) {
            socket.close(CloseStatus.GOING_AWAY);
        }
    }

    private void leave(DeskSocket socket) {
        sockets.remove(socket);
        socket.watched().forEach(conversation -> watched.remove(socket, conversation));
    }

    @Override
    public void start() {
        work = Disposables.composite(news.start(), doorkeeper.start());
    }

    @Override
    public void stop() {
        var running = work;
        work = null;
        if (running != null) {
            running.dispose();
            sockets.forEach(socket -> socket.close(CloseStatus.GOING_AWAY));
        }
    }

    @Override
    public boolean isRunning() {
        return work != null;
    }
}
