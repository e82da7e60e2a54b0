package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.DeskDoor.Pass;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.socket.Talk;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.UUID;

/**
 * Serves the sockets of this node: {@link Hearing} what they say, telling them the {@link News},
 * and the {@link Doorkeeper} at the door. What a socket lacks it reads for itself, by revision, so
 * no client ever has a gap.
 */
@Component
final class Hub implements SmartLifecycle {

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
    Mono<Void> serve(WebSocketSession session, Pass pass, Runnable cut) {
        var socket = new DeskSocket(pass, mapper);
        return Talk.serve(
                session,
                socket.queue(),
                Mono.<Void>fromRunnable(() -> enter(socket))
                        .then(presence.seen(List.of(pass.viewer().username())).onErrorComplete()),
                text -> hearing.hear(socket, text),
                () -> leave(socket),
                cut);
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
