package io.guanjia.gateway.desk;

import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.socket.Rounds;

import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings what has changed to the sockets of this node.
 *
 * <p>A ring says that a conversation has changed; what changed is read from PostgreSQL once for all
 * sockets here. Rings can be lost, so every second this also asks which conversations have changed
 * lately.
 */
final class News {

    /** Rings within this time are answered together. */
    private static final Duration TOGETHER = Duration.ofMillis(20);

    /**
     * How far back to look for lost rings: as long as a transaction may take, because it becomes
     * visible at its end under the time at which it wrote.
     */
    private static final Duration OVERLAP = Duration.ofSeconds(12);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration COUNT_EVERY = Duration.ofMillis(500);
    private static final int AT_ONCE = 500;

    private final OpenSockets sockets;
    private final Watched watched;
    private final Announcements announcements;
    private final Doorbell doorbell;
    private final ConversationReads conversations;
    private final CountReads counts;
    private final TypingSigns typing;
    private final JsonMapper mapper;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<Boolean> wake = Sinks.many().multicast().directBestEffort();
    private volatile boolean countsStale;
    private volatile @Nullable Instant lookedAt;

    News(
            OpenSockets sockets,
            Watched watched,
            Announcements announcements,
            Doorbell doorbell,
            ConversationReads conversations,
            CountReads counts,
            TypingSigns typing,
            JsonMapper mapper) {
        this.sockets = sockets;
        this.watched = watched;
        this.announcements = announcements;
        this.doorbell = doorbell;
        this.conversations = conversations;
        this.counts = counts;
        this.typing = typing;
        this.mapper = mapper;
    }

    Disposable start() {
        return Disposables.composite(
                wake.asFlux()
                        .onBackpressureLatest()
                        .concatMap(
                                _ -> Mono.delay(TOGETHER).then(Rounds.unbroken(this::announce)), 1)
                        .subscribe(),
                doorbell.changes().subscribe(this::ring),
                typing.signs().subscribe(this::show),
                Rounds.every(LOOK_EVERY, this::lookAround),
                Rounds.every(COUNT_EVERY, this::recount));
    }

    /** Somebody came who has not seen the counts yet. */
    void countAgain() {
        countsStale = true;
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
                        .flatMap(news -> Mono.fromRunnable(() -> countsStale |= news));
    }

    /** Rings for what nobody rang for. */
    private Mono<Void> lookAround() {
        if (sockets.isEmpty()) {
            lookedAt = null;
            return Mono.empty();
        }
        return conversations
                .changedSince(lookedAt, OVERLAP)
                .flatMap(found -> Mono.fromRunnable(() -> ringFor(found)));
    }

    private void ringFor(ConversationReads.Changed found) {
        lookedAt = found.now();
        found.revisions().stream()
                .filter(each -> !announcements.knows(each.conversation(), each.revision()))
                .forEach(each -> ring(each.conversation()));
    }

    private Mono<Void> recount() {
        if (!countsStale || sockets.isEmpty()) {
            return Mono.empty();
        }
        countsStale = false;
        return counts.open()
                .zipWith(counts.mine(sockets.usernames()))
                .flatMap(found -> Mono.<Void>fromRunnable(() -> tell(found.getT1(), found.getT2())))
                .onErrorResume(
                        e -> {
                            countsStale = true;
                            return Mono.error(e);
                        });
    }

    private void tell(CountReads.Open open, Map<String, Integer> mine) {
        sockets.forEach(
                socket ->
                        socket.push(
                                new CountReads.Counts(
                                        open.queue(),
                                        mine.getOrDefault(socket.viewer().username(), 0),
                                        open.bot())));
    }

    private void show(TypingSigns.Sign sign) {
        var frame = new Rendered(new Frame.Typing(sign.conversation(), sign.name()), mapper);
        for (var socket : watched.by(sign.conversation())) {
            if (!socket.viewer().username().equals(sign.username())) {
                socket.push(frame);
            }
        }
    }
}
