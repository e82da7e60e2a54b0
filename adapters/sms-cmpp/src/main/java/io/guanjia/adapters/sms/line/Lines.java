package io.guanjia.adapters.sms.line;

import io.netty.channel.EventLoopGroup;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/**
 * The connections of one account. Safe for use by several threads.
 *
 * <p>When the first login is refused the others are not even tried, and one of them finds out, ever
 * more rarely, whether it still is: a wrong secret must not become a storm.
 *
 * @param <P> the protocol's data units
 */
public final class Lines<P> implements Asking<P> {

    private static final Logger log = LoggerFactory.getLogger(Lines.class);

    /** How long to wait for lines that have only just been told to come up. */
    private static final Duration FIRST_OUTCOME = Duration.ofSeconds(5);

    private final String name;
    private final String host;
    private final int port;
    private final Dialect<P> dialect;
    private final Timing timing;
    private final Receiver<P> receiver;
    private final Clock clock;
    private final List<Line<P>> lines = new ArrayList<>();
    private final Pauses refusals;
    private volatile @Nullable Refusal refusal;

    /**
     * @param reason what the other end said
     * @param until when we ask again
     */
    public record Refusal(String reason, Instant until) {}

    /**
     * @param name for logs, such as {@code sms-cmpp/main}
     * @param connections how many
     */
    public Lines(
            String name,
            String host,
            int port,
            int connections,
            Dialect<P> dialect,
            Timing timing,
            Receiver<P> receiver,
            EventLoopGroup group,
            Clock clock) {
        this.name = name;
        this.host = host;
        this.port = port;
        this.dialect = dialect;
        this.timing = timing;
        this.receiver = receiver;
        this.clock = clock;
        this.refusals =
                new Pauses(
                        timing.refusedFirst(), timing.refusedLast(), ThreadLocalRandom.current());
        for (int i = 0; i < connections; i++) {
            lines.add(new Line<>(this, i, group.next()));
        }
    }

    /** Connects, and goes on doing so until {@link #close}. */
    public void open() {
        lines.getFirst().wake();
    }

    @Override
    public Mono<P> ask(IntFunction<P> question) {
        return one().flatMap(line -> line.ask(question));
    }

    /** One of them, for what has to go over the same connection: the least busy that is up. */
    public Mono<Asking<P>> one() {
        return Mono.defer(
                () ->
                        settled().isDone()
                                ? Mono.just(leastBusy())
                                : Mono.fromFuture(settled(), true)
                                        .timeout(FIRST_OUTCOME, Mono.empty())
                                        .then(Mono.fromSupplier(this::leastBusy)));
    }

    /** How each of them is doing. */
    public List<LineState> states() {
        return lines.stream().map(Line::state).toList();
    }

    /** Why nobody is let in; null where that is not so. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** Waits for answers, says goodbye, and completes when all connections are gone. */
    public Mono<Void> close(Duration grace) {
        return Mono.fromFuture(
                () ->
                        CompletableFuture.allOf(
                                lines.stream()
                                        .map(line -> line.close(grace))
                                        .toArray(CompletableFuture[]::new)));
    }

    /** Only the first line decides: the others wait for it. */
    private CompletableFuture<LineState> settled() {
        return lines.getFirst().firstOutcome();
    }

    private Line<P> leastBusy() {
        return lines.stream()
                .filter(line -> line.state() == LineState.UP)
                .min(Comparator.comparingInt(Line::load))
                .orElse(lines.getFirst());
    }

    // --- For its lines --------------------------------------------------------------------------

    boolean mayTry(int number) {
        return number == 0 || refusal == null;
    }

    void cameUp() {
        synchronized (refusals) {
            refusal = null;
            refusals.beginAnew();
        }
        lines.forEach(Line::wake);
    }

    /** Returns how long to wait. */
    Duration refused(int number, String reason) {
        synchronized (refusals) {
            var pause = refusals.next();
            var alone = lines.stream().noneMatch(line -> line.state() == LineState.UP);
            log.error(
                    "{}: the login of line {} is refused ({}); again in {} s",
                    name,
                    number,
                    reason,
                    pause.toSeconds());
            if (alone) {
                refusal = new Refusal(reason, clock.instant().plus(pause));
            }
            return pause;
        }
    }

    String name() {
        return name;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Dialect<P> dialect() {
        return dialect;
    }

    Timing timing() {
        return timing;
    }

    Receiver<P> receiver() {
        return receiver;
    }
}
