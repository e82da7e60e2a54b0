package io.guanjia.adapters.sms.line;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * One connection that comes back when it is lost. Its own state changes on its event loop only.
 *
 * @param <P> the protocol's data units
 */
final class Line<P> implements Asking<P> {

    private static final Logger log = LoggerFactory.getLogger(Line.class);
    private static final int CONNECT_MILLIS = 5_000;

    private final Lines<P> lines;
    private final int number;
    private final EventLoop loop;
    private final AtomicInteger sequence =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 20));
    private final Pauses pauses;
    private final CompletableFuture<LineState> firstOutcome = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile LineState state = LineState.STARTING;
    private volatile @Nullable Session<P> session;
    private boolean trying;
    private int tries;

    Line(Lines<P> lines, int number, EventLoop loop) {
        var timing = lines.timing();
        this.lines = lines;
        this.number = number;
        this.loop = loop;
        this.pauses =
                new Pauses(timing.retryFirst(), timing.retryLast(), ThreadLocalRandom.current());
    }

    LineState state() {
        return state;
    }

    /** What came of the first try. */
    CompletableFuture<LineState> firstOutcome() {
        return firstOutcome;
    }

    int load() {
        var now = session;
        return now == null ? Integer.MAX_VALUE : now.load();
    }

    @Override
    public Mono<P> ask(IntFunction<P> question) {
        return Mono.create(
                sink -> {
                    var asked = new Asked<>(question, sink, loop.ticker().nanoTime());
                    loop.execute(
                            () -> {
                                var now = session;
                                if (now == null) {
                                    asked.fail(LineFailure.Kind.NOT_SENT, "the line is down");
                                } else {
                                    now.ask(asked);
                                }
                            });
                });
    }

    /** Tries now, unless it is up or trying already. */
    void wake() {
        loop.execute(this::tryNow);
    }

    private void tryNow() {
        if (trying || session != null || state == LineState.CLOSED || !lines.mayTry(number)) {
            return;
        }
        trying = true;
        tries++;
        var attempt = new Attempt();
        var made =
                new Session<>(
                        lines.dialect(), lines.timing(), this::next, lines.receiver(), attempt);
        attempt.session = made;
        // Names are looked up elsewhere: that blocks.
        Mono.fromCallable(() -> new InetSocketAddress(lines.host(), lines.port()))
                .subscribeOn(Schedulers.boundedElastic())
                .subscribe(
                        address -> loop.execute(() -> connect(address, made, attempt)),
                        error -> loop.execute(() -> attempt.ended("no such host")));
    }

    private void connect(InetSocketAddress address, Session<P> made, Attempt attempt) {
        if (address.isUnresolved()) {
            attempt.ended("no such host");
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline().addLast(lines.dialect().codec(), made);
                            }
                        })
                .connect(address)
                .addListener(
                        connected -> {
                            if (!connected.isSuccess()) {
                                attempt.ended("cannot connect");
                            }
                        });
    }

    private int next() {
        return sequence.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
    }

    /** One try and what comes of it. */
    private final class Attempt implements Session.Listener {

        private @Nullable Session<P> session;
        private @Nullable String refusal;
        private long upSince;
        private boolean wasUp;
        private boolean over;

        @Override
        public void up() {
            Line.this.session = session;
            trying = false;
            wasUp = true;
            upSince = loop.ticker().nanoTime();
            if (state == LineState.CLOSED) {
                leaveNow(Duration.ZERO);
                return;
            }
            state = LineState.UP;
            firstOutcome.complete(state);
            log.info("{}: line {} is up", lines.name(), number);
            lines.cameUp();
        }

        @Override
        public void refused(String reason) {
            refusal = reason;
        }

        @Override
        public void ended(String reason) {
            if (over) {
                return;
            }
            over = true;
            trying = false;
            Line.this.session = null;
            if (state == LineState.CLOSED) {
                closed.complete(null);
                return;
            }
            var why = refusal;
            if (why != null) {
                state = LineState.REFUSED;
                tryAgainIn(lines.refused(number, why));
            } else {
                state = LineState.DOWN;
                if (wasUp
                        && loop.ticker().nanoTime() - upSince
                                >= lines.timing().stable().toNanos()) {
                    pauses.beginAnew();
                }
                var pause = pauses.next();
                // One word a loss, not one a try.
                if (wasUp || tries == 1) {
                    log.warn(
                            "{}: line {} is down ({}); again in {} ms",
                            lines.name(),
                            number,
                            reason,
                            pause.toMillis());
                }
                tryAgainIn(pause);
            }
            firstOutcome.complete(state);
        }
    }

    private void tryAgainIn(Duration pause) {
        loop.schedule(this::tryNow, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Completes when the connection is gone. */
    CompletableFuture<Void> close(Duration grace) {
        loop.execute(
                () -> {
                    state = LineState.CLOSED;
                    firstOutcome.complete(state);
                    if (!trying && session == null) {
                        closed.complete(null);
                    } else {
                        leaveNow(grace);
                    }
                });
        return closed;
    }

    private void leaveNow(Duration grace) {
        var now = session;
        if (now != null) {
            now.leave(grace);
        }
    }
}
