package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.CountReads.Counts;
import io.guanjia.gateway.desk.DeskDoor.Pass;
import io.guanjia.gateway.desk.DeskDoor.Standing;
import io.guanjia.gateway.live.Doorbell;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the sockets of this node up to date.
 *
 * <p>A ring says that a conversation has changed; what changed is read from PostgreSQL once for all
 * sockets here. Rings can be lost, so every second the hub also asks which conversations have
 * changed lately. What a socket lacks it reads for itself, by revision, so no client ever has a
 * gap.
 */
@Component
final class Hub implements SmartLifecycle {

    static final CloseStatus SESSION_ENDED = new CloseStatus(4401, "session ended");
    static final CloseStatus ROLES_CHANGED = new CloseStatus(4403, "roles changed");

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    /** Rings within this time are answered together. */
    private static final Duration TOGETHER = Duration.ofMillis(20);

    /**
     * How far back to look for lost rings: as long as a transaction may take, because it becomes
     * visible at its end under the time at which it wrote.
     */
    private static final Duration OVERLAP = Duration.ofSeconds(12);

    private static final Duration PING_EVERY = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(28);
    private static final int AT_ONCE = 500;

    /** Past this, who does not even take the close is cut off. */
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

    private final DeskDoor door;
    private final Doorbell doorbell;
    private final ConversationReads conversations;
    private final CountReads counts;
    private final Presence presence;
    private final TypingSigns typing;
    private final JsonMapper mapper;
    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final Set<DeskSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Watched watched = new Watched();
    private final Hearing hearing;
    private final Announcements announcements;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<Boolean> wake = Sinks.many().multicast().directBestEffort();
    private volatile boolean countsStale;
    private volatile @Nullable Instant lookedAt;
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
        this.door = door;
        this.doorbell = doorbell;
        this.conversations = conversations;
        this.counts = counts;
        this.presence = presence;
        this.typing = typing;
        this.mapper = mapper;
        hearing = new Hearing(conversations, messages, watched, mapper);
        announcements =
                new Announcements(conversations, messages, sockets, watched, hearing, mapper);
    }

    /** Completes when the socket is closed, by whichever side. */
    Mono<Void> serve(WebSocketSession session, Pass pass) {
        var socket = new DeskSocket(pass, mapper);
        var heard = session.receive().concatMap(message -> hearing.hear(socket, message), 1).then();
        var said = session.send(socket.outbox().messages(session)).then(Mono.<Void>never());
        var closed =
                socket.outbox()
                        .end()
                        .flatMap(
                                status ->
                                        session.close(status).timeout(CLOSED_WITHIN, Mono.empty()));
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

    private void enter(DeskSocket socket) {
        sockets.add(socket);
        socket.push(new Frame.Hello(socket.viewer().username(), node));
        countsStale = true;
        if (work == null) {
            socket.close(CloseStatus.GOING_AWAY);
        }
    }

    private void leave(DeskSocket socket) {
        sockets.remove(socket);
        socket.watched().forEach(conversation -> watched.remove(socket, conversation));
    }

    /** How many sockets are open here. */
    int size() {
        return sockets.size();
    }

    private void ring(UUID conversation) {
        if (!sockets.isEmpty()) {
            changed.add(conversation);
            wake.tryEmitNext(true);
        }
    }

    private Mono<Void> announce() {
        var batch = new HashSet<UUID>();
        for (var each : changed) {
            if (batch.size() == AT_ONCE) {
                wake.tryEmitNext(true);
                break;
            }
            batch.add(each);
        }
        changed.removeAll(batch);
        return batch.isEmpty()
                ? Mono.empty()
                : announcements
                        .announce(batch)
                        .doOnSuccess(news -> countsStale |= Boolean.TRUE.equals(news))
                        .then();
    }

    /** Rings for what nobody rang for. */
    private Mono<Void> lookAround() {
        if (sockets.isEmpty()) {
            lookedAt = null;
            return Mono.empty();
        }
        return conversations
                .changedSince(lookedAt, OVERLAP)
                .doOnNext(
                        found -> {
                            lookedAt = found.now();
                            found.revisions().stream()
                                    .filter(
                                            each ->
                                                    !announcements.knows(
                                                            each.conversation(), each.revision()))
                                    .forEach(each -> ring(each.conversation()));
                        })
                .then();
    }

    private Mono<Void> recount() {
        if (!countsStale || sockets.isEmpty()) {
            return Mono.empty();
        }
        countsStale = false;
        var usernames = usernames();
        return counts.open()
                .zipWith(counts.mine(usernames))
                .doOnNext(
                        found ->
                                sockets.forEach(
                                        socket ->
                                                socket.push(
                                                        new Counts(
                                                                found.getT1().queue(),
                                                                found.getT2()
                                                                        .getOrDefault(
                                                                                socket.viewer()
                                                                                        .username(),
                                                                                0),
                                                                found.getT1().bot()))))
                .doOnError(_ -> countsStale = true)
                .then();
    }

    private Mono<Void> showOut() {
        if (sockets.isEmpty()) {
            return Mono.empty();
        }
        var passes = sockets.stream().map(DeskSocket::pass).collect(Collectors.toSet());
        return door.check(passes).doOnNext(this::showOut).then();
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

    private Mono<Void> ping() {
        for (var socket : sockets) {
            if (socket.silentFor(SILENCE)) {
                socket.close(CloseStatus.GOING_AWAY);
            } else {
                socket.outbox().ping();
            }
        }
        return presence.seen(usernames());
    }

    private Set<String> usernames() {
        return sockets.stream()
                .map(socket -> socket.viewer().username())
                .collect(Collectors.toSet());
    }

    private void show(TypingSigns.Sign sign) {
        var frame = new Rendered(new Frame.Typing(sign.conversation(), sign.name()), mapper);
        for (var socket : watched.by(sign.conversation())) {
            if (!socket.viewer().username().equals(sign.username())) {
                socket.push(frame);
            }
        }
    }

    private static Disposable every(Duration time, Supplier<Mono<Void>> task) {
        return Flux.interval(time)
                .onBackpressureDrop()
                .concatMap(_ -> unbroken(task), 1)
                .subscribe();
    }

    private static Mono<Void> unbroken(Supplier<Mono<Void>> task) {
        return Mono.defer(task)
                .onErrorResume(
                        failure -> {
                            log.warn("The desk is behind: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    @Override
    public void start() {
        var all = Disposables.composite();
        all.add(
                wake.asFlux()
                        .onBackpressureLatest()
                        .concatMap(_ -> Mono.delay(TOGETHER).then(unbroken(this::announce)), 1)
                        .subscribe());
        all.add(doorbell.changes().subscribe(this::ring));
        all.add(typing.signs().subscribe(this::show));
        all.add(every(Duration.ofSeconds(1), this::lookAround));
        all.add(every(Duration.ofMillis(500), this::recount));
        all.add(every(Duration.ofSeconds(2), this::showOut));
        all.add(every(PING_EVERY, this::ping));
        work = all;
    }

    @Override
    public void stop() {
        var running = work;
        work = null;
        if (running != null) {
            running.dispose();
            new ArrayList<>(sockets).forEach(socket -> socket.close(CloseStatus.GOING_AWAY));
        }
    }

    @Override
    public boolean isRunning() {
        return work != null;
    }
}
