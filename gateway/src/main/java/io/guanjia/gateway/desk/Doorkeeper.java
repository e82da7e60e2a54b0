package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.DeskDoor.Pass;
import io.guanjia.gateway.desk.DeskDoor.Standing;
import io.guanjia.gateway.socket.Pulse;
import io.guanjia.gateway.socket.Rounds;

import org.springframework.web.reactive.socket.CloseStatus;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;

/** Sees who is still there and who has to leave. */
final class Doorkeeper {

    static final CloseStatus SESSION_ENDED = new CloseStatus(4401, "session ended");
    static final CloseStatus ROLES_CHANGED = new CloseStatus(4403, "roles changed");

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration SEEN_EVERY = Duration.ofSeconds(10);

    private final OpenSockets sockets;
    private final DeskDoor door;
    private final Presence presence;

    Doorkeeper(OpenSockets sockets, DeskDoor door, Presence presence) {
        this.sockets = sockets;
        this.door = door;
        this.presence = presence;
    }

    Disposable start() {
        return Disposables.composite(
                Rounds.every(LOOK_EVERY, this::showOut),
                Rounds.every(Pulse.LOOK_EVERY, () -> Mono.fromRunnable(this::look)),
                Rounds.every(SEEN_EVERY, () -> presence.seen(sockets.usernames())));
    }

    private Mono<Void> showOut() {
        return sockets.isEmpty()
                ? Mono.empty()
                : door.check(sockets.passes())
                        .flatMap(found -> Mono.fromRunnable(() -> showOut(found)));
    }

    private void showOut(Map<Pass, Standing> standings) {
        for (var socket : sockets) {
            switch (standings.getOrDefault(socket.pass(), Standing.GOOD)) {
                case GOOD -> {}
                case ENDED -> socket.close(SESSION_ENDED);
                case CHANGED -> socket.close(ROLES_CHANGED);
            }
        }
    }

    private void look() {
        for (var socket : sockets) {
            switch (socket.look()) {
                case WELL -> {}
                case ASK -> socket.queue().ping();
                case GONE -> socket.close(CloseStatus.GOING_AWAY);
            }
        }
    }
}
