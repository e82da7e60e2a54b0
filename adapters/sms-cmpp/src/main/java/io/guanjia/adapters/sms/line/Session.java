package io.guanjia.adapters.sms.line;

import io.guanjia.adapters.sms.line.Dialect.Login;
import io.guanjia.adapters.sms.line.Dialect.Verdict;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One connection from its login to its end. All of it happens on the connection's event loop.
 *
 * @param <P> the protocol's data units
 */
final class Session<P> extends ChannelInboundHandlerAdapter {

    /** What the other end may have open with us before we stop reading. */
    private static final int MOST_UNANSWERED = 512;

    /** Hears how it goes. Called on the event loop. */
    interface Listener {
        void up();

        void refused(String reason);

        /** It is over, however it went. */
        void ended(String reason);
    }

    private enum Phase {
        LOGGING_IN,
        UP,
        LEAVING,
        OVER
    }

    private final Dialect<P> dialect;
    private final Timing timing;
    private final IntSupplier sequences;
    private final Receiver<P> receiver;
    private final Listener listener;
    private final Login<P> login;
    private final Window<P> window;

    private @Nullable ChannelHandlerContext context;
    private Phase phase = Phase.LOGGING_IN;
    private String ending = "closed by the other end";
    private @Nullable Outlet outlet;
    private Pulse pulse;
    private long began;
    private int unanswered;

    Session(
            Dialect<P> dialect,
            Timing timing,
            IntSupplier sequences,
            Receiver<P> receiver,
            Listener listener) {
        this.dialect = dialect;
        this.timing = timing;
        this.sequences = sequences;
        this.receiver = receiver;
        this.listener = listener;
        this.login = dialect.login();
        this.window = new Window<>(timing.window());
        this.pulse = new Pulse(timing, 0);
    }

    /** May be read on any thread. */
    int load() {
        return window.load();
    }

    // --- Asking ---------------------------------------------------------------------------------

    void ask(Asked<P> asked) {
        if (phase != Phase.UP) {
            asked.fail(LineFailure.Kind.NOT_SENT, "the line is down");
        } else if (!window.offer(asked)) {
            asked.fail(LineFailure.Kind.BUSY, "too many wait for the line");
        } else {
            sendWhatMayGo();
        }
    }

    private void sendWhatMayGo() {
        if (phase != Phase.UP && phase != Phase.LEAVING) {
            return;
        }
        for (var next = window.next(); next != null; next = window.next()) {
            send(next);
        }
    }

    private void send(Asked<P> asked) {
        int sequence = sequences.getAsInt();
        P question;
        try {
            question = asked.question(sequence);
        } catch (RuntimeException unwritable) {
            asked.fail(unwritable);
            return;
        }
        asked.sent(now());
        window.open(sequence, asked);
        write(question)
                .addListener(
                        written -> {
                            if (written.isSuccess()) {
                                asked.written();
                            } else if (window.close(sequence) != null) {
                                asked.fail(LineFailure.Kind.NOT_SENT, "could not be written");
                                sendWhatMayGo();
                            }
                        });
    }

    private ChannelFuture write(P pdu) {
        return Objects.requireNonNull(outlet).write(pdu);
    }

    // --- Hearing --------------------------------------------------------------------------------

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        outlet = new Outlet(active);
        began = now();
        pulse = new Pulse(timing, began);
        write(login.question(sequences.getAsInt()));
        var tick = timing.tick().toNanos();
        active.executor().schedule(() -> look(tick), tick, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        pulse.heard(now());
        var pdu = dialect.type().cast(message);
        switch (phase) {
            case LOGGING_IN -> judge(pdu);
            case UP, LEAVING -> hear(pdu);
            case OVER -> {
                // The answer to our goodbye.
                if (dialect.meaning(pdu) == Dialect.Meaning.ANSWER) {
                    from.close();
                }
            }
        }
    }

    private void judge(P answer) {
        switch (login.judge(answer)) {
            case Verdict.Welcome() -> {
                phase = Phase.UP;
                listener.up();
            }
            case Verdict.Refused(String reason) -> {
                listener.refused(reason);
                end("login refused");
            }
        }
    }

    private void hear(P pdu) {
        switch (dialect.meaning(pdu)) {
            case ANSWER -> {
                var asked = window.close(dialect.sequence(pdu));
                if (asked != null) {
                    asked.answered(pdu);
                }
                sendWhatMayGo();
                leaveWhenDone();
            }
            case REQUEST -> receive(pdu);
            case ACTIVE_TEST -> write(dialect.answer(pdu));
            case TERMINATE -> {
                ending = "ended by the other end";
                phase = Phase.OVER;
                var channel = channel();
                channel.writeAndFlush(dialect.answer(pdu)).addListener(written -> channel.close());
            }
            case NOISE -> {}
        }
    }

    private void receive(P request) {
        unanswered++;
        if (unanswered == MOST_UNANSWERED) {
            channel().channel().config().setAutoRead(false);
        }
        var loop = channel().executor();
        Consumer<P> answer =
                pdu -> {
                    if (loop.inEventLoop()) {
                        answer(pdu);
                    } else {
                        loop.execute(() -> answer(pdu));
                    }
                };
        receiver.receive(request, answer);
    }

    private void answer(P pdu) {
        unanswered--;
        if (phase == Phase.OVER) {
            return;
        }
        if (unanswered == MOST_UNANSWERED / 2) {
            channel().channel().config().setAutoRead(true);
        }
        write(pdu);
        leaveWhenDone();
    }

    // --- Looking at the clock -------------------------------------------------------------------

    private void look(long tick) {
        if (phase == Phase.OVER) {
            return;
        }
        long now = now();
        long patience = timing.answerWithin().toNanos();
        if (phase == Phase.LOGGING_IN) {
            if (now - began >= patience) {
                end("no answer to the login");
            }
        } else {
            giveUpWhatIsLate(now - patience);
            test(now);
        }
        channel().executor().schedule(() -> look(tick), tick, TimeUnit.NANOSECONDS);
    }

    private void giveUpWhatIsLate(long before) {
        window.stale(before)
                .forEach(
                        one -> one.fail(LineFailure.Kind.NOT_SENT, "waited for its turn too long"));
        var silent = false;
        for (var late : window.overdue(before)) {
            silent |= isReading() && !pulse.heardSince(late.since());
            late.lost("no answer in time");
        }
        if (silent) {
            end("silent");
        } else {
            sendWhatMayGo();
        }
    }

    private void test(long now) {
        if (phase == Phase.OVER) {
            return;
        }
        if (!isReading()) {
            // While we ourselves do not read, its silence means nothing.
            pulse.heard(now);
            return;
        }
        switch (pulse.due(now)) {
            case NOTHING -> {}
            case TEST -> write(dialect.activeTest(sequences.getAsInt()));
            case DEAD -> end("silent");
        }
    }

    private boolean isReading() {
        return channel().channel().config().isAutoRead();
    }

    // --- Ending ---------------------------------------------------------------------------------

    /** Takes no more questions, waits for answers and says goodbye. */
    void leave(Duration grace) {
        if (phase != Phase.UP) {
            end("closed");
            return;
        }
        phase = Phase.LEAVING;
        ending = "closed";
        channel().executor().schedule(this::sayGoodbye, grace.toNanos(), TimeUnit.NANOSECONDS);
        leaveWhenDone();
    }

    private void leaveWhenDone() {
        if (phase == Phase.LEAVING && window.isIdle() && unanswered <= 0) {
            sayGoodbye();
        }
    }

    private void sayGoodbye() {
        if (phase != Phase.LEAVING) {
            return;
        }
        phase = Phase.OVER;
        var channel = channel();
        channel.writeAndFlush(dialect.terminate(sequences.getAsInt()));
        // The answer ends it, or we do.
        channel.executor().schedule(() -> channel.close(), 500, TimeUnit.MILLISECONDS);
    }

    void end(String reason) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            ending = reason;
        }
        if (context != null) {
            context.close();
        }
    }

    /** The class says enough; the text may hold what came in. */
    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        var real = cause.getCause() == null ? cause : cause.getCause();
        end(real.getClass().getSimpleName());
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        phase = Phase.OVER;
        window.drain().forEach(asked -> asked.lost("the line went down"));
        listener.ended(ending);
    }

    private ChannelHandlerContext channel() {
        return Objects.requireNonNull(context);
    }

    private long now() {
        return channel().executor().ticker().nanoTime();
    }
}
