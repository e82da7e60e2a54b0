package io.guanjia.adapters.app;

import io.guanjia.gateway.channel.CustomerTyping;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.socket.Pulse;
import io.guanjia.gateway.socket.Rounds;
import io.guanjia.gateway.socket.Talk;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * Serves the sockets of this node: {@link Hearing} what they say, {@link Telling} them the {@link
 * AppNews}, and seeing who is still there.
 */
final class AppHub implements SmartLifecycle {

    private static final Duration SEEN_EVERY = Duration.ofSeconds(20);

    /** Until the next time but one. */
    private static final Duration PRESENT = SEEN_EVERY.multipliedBy(2).plusSeconds(5);

    /** More devices than anybody has. */
    private static final int MOST_OF_ONE = 10;

    private final AppChannel channel;
    private final Presence presence;
    private final Gossip<AppChannel.TypingSign> typing;
    private final OpenSockets sockets = new OpenSockets();
    private final Telling telling;
    private final Hearing hearing;
    private final AppNews news;
    private final int mostSockets;
    private final Clock clock;
    private volatile @Nullable Disposable work;

    AppHub(
            AppChannel channel,
            Threads threads,
            Inbox inbox,
            Presence presence,
            Gossip<AppChannel.TypingSign> typing,
            CustomerTyping customerTyping,
            Doorbell doorbell,
            int mostSockets,
            JsonMapper mapper,
            Clock clock) {
        this.channel = channel;
        this.presence = presence;
        this.typing = typing;
        this.mostSockets = mostSockets;
        this.clock = clock;
        telling = new Telling(sockets, threads, mapper);
        hearing = new Hearing(inbox, customerTyping, new MessageReader(mapper), telling, mapper);
        news = new AppNews(sockets, threads, doorbell, telling);
    }

    /** Whether there is room for one more of this customer's. */
    boolean hasRoom(Customer customer) {
        return sockets.count() < mostSockets && sockets.of(customer.address()).size() < MOST_OF_ONE;
    }

    int open() {
        return sockets.count();
    }

    /** Completes when the socket is closed, by whichever side. */
    Mono<Void> serve(WebSocketSession session, AppSocket socket, Frame.Hello hello, Runnable cut) {
        return Talk.serve(
                session,
                socket.queue(),
                Mono.<Void>fromRunnable(() -> enter(socket, hello))
                        .then(seen(socket))
                        .then(telling.recalled(socket))
                        .then(telling.tell(socket.customer().address())),
                text -> hearing.hear(socket, text),
                () -> leave(socket),
                cut);
    }

    private void enter(AppSocket socket, Frame.Hello hello) {
        sockets.add(socket);
        telling.push(socket, hello);
        if (work == null) {
            socket.close(CloseStatus.GOING_AWAY);
        }
    }

    private Mono<Void> seen(AppSocket socket) {
        return socket.site().pushes()
                ? presence.seen(List.of(socket.customer().address()), PRESENT)
                : Mono.empty();
    }

    private void leave(AppSocket socket) {
        if (sockets.remove(socket) && socket.site().pushes()) {
            presence.gone(socket.customer().address()).subscribe();
        }
    }

    private void show(AppChannel.TypingSign sign) {
        sockets.of(sign.to()).forEach(socket -> telling.push(socket, new Frame.Typing(sign.on())));
    }

    private void look() {
        var now = clock.instant();
        sockets.forEach(socket -> look(socket, now));
    }

    private void look(AppSocket socket, Instant now) {
        if (socket.customer().until().isBefore(now)) {
            socket.close(CloseStatus.POLICY_VIOLATION.withReason("token expired"));
        } else if (channel.site(socket.site().settings().name())
                .filter(socket.site()::equals)
                .isEmpty()) {
            socket.close(CloseStatus.SERVICE_RESTARTED.withReason("settings changed"));
        } else {
            switch (socket.look()) {
                case WELL -> {}
                case ASK -> socket.queue().ping();
                case GONE -> socket.close(CloseStatus.GOING_AWAY);
            }
        }
    }

    private Mono<Void> allSeen() {
        var present = new HashSet<Address>();
        sockets.forEach(
                socket -> {
                    if (socket.site().pushes()) {
                        present.add(socket.customer().address());
                    }
                });
        return presence.seen(present, PRESENT);
    }

    @Override
    public void start() {
        work =
                Disposables.composite(
                        news.start(),
                        typing.heard().subscribe(this::show),
                        Rounds.every(Pulse.LOOK_EVERY, () -> Mono.fromRunnable(this::look)),
                        Rounds.every(SEEN_EVERY, this::allSeen));
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
