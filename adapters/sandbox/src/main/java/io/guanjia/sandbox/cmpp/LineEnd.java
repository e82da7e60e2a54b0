package io.guanjia.sandbox.cmpp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guanjia.cmpp.protocol.Authenticator;
import io.guanjia.cmpp.protocol.CmppCodec;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.sandbox.fault.Effect;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Our end of one line. On the event loop only. */
final class LineEnd extends ChannelInboundHandlerAdapter {

    private final CmppPlatform platform;
    private final CmppCodec codec;
    private final Map<Integer, Parcel> open = new LinkedHashMap<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Carrier carrier;
    private boolean silent;
    private boolean flushing;
    private int sequence;
    private int openSubmits;

    LineEnd(CmppPlatform platform, CmppCodec codec) {
        this.platform = platform;
        this.codec = codec;
    }

    // --- What comes in --------------------------------------------------------------------------

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        if (silent || !(message instanceof Pdu pdu)) {
            return;
        }
        var known = carrier;
        switch (pdu) {
            case Pdu.Connect connect -> login(connect);
            case Pdu.ActiveTest(int number) -> write(new Pdu.ActiveTestAnswer(number));
            case Pdu.Terminate(int number) ->
                    from.writeAndFlush(new Pdu.TerminateAnswer(number))
                            .addListener(written -> from.close());
            case Pdu.Submit submit when known != null -> submit(known, submit);
            case Pdu.DeliverAnswer answer when known != null -> delivered(known, answer);
            case Pdu.Submit _, Pdu.DeliverAnswer _ -> from.close();
            default -> {}
        }
    }

    private void login(Pdu.Connect connect) {
        var found = platform.withSourceAddress(connect.sourceAddress());
        if (found == null) {
            write(new Pdu.ConnectAnswer(connect.sequence(), 2, new byte[16], 0x30));
            return;
        }
        int status = found.admission().judge(connect);
        for (var effect : found.faults().strike("connect")) {
            switch (effect) {
                case Effect.ErrorCode(int code) -> status = code;
                case Effect.Hang _ -> {
                    return;
                }
                case Effect.Close _ -> {
                    context().close();
                    return;
                }
                default -> {}
            }
        }
        var version =
                connect.version() <= found.settings().version().onTheWire()
                        ? Version.of(connect.version())
                        : found.settings().version();
        codec.speak(version);
        write(
                new Pdu.ConnectAnswer(
                        connect.sequence(),
                        status,
                        Authenticator.ofGateway(
                                status, connect.authenticator(), found.proof(), version),
                        found.settings().version().onTheWire()));
        if (status == 0) {
            carrier = found;
            found.courier().add(this);
            found.changed("accounts", "");
        }
    }

    private void submit(Carrier known, Pdu.Submit submit) {
        openSubmits++;
        known.sawOpen(openSubmits);
        var answer = true;
        var takes = true;
        var shown = true;
        var closes = false;
        Integer code = null;
        var delay = Duration.ZERO;
        for (var effect : known.faults().strike("submit")) {
            switch (effect) {
                case Effect.Delay(Duration time) -> delay = delay.plus(time);
                case Effect.ErrorCode(int result) -> code = result;
                case Effect.Hang(boolean accepted) -> {
                    answer = false;
                    takes = accepted;
                }
                case Effect.Close(boolean accepted) -> {
                    closes = true;
                    takes = accepted;
                }
                case Effect.SilentDrop() -> shown = false;
                default -> {}
            }
        }
        if (!answer || closes) {
            known.takeUnanswered(submit, takes);
            if (closes) {
                context().close();
            }
            return;
        }
        var reply = known.take(submit, code, shown);
        if (delay.isZero()) {
            openSubmits--;
            write(reply);
        } else {
            context()
                    .executor()
                    .schedule(
                            () -> {
                                openSubmits--;
                                write(reply);
                            },
                            delay.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    // --- What goes out --------------------------------------------------------------------------

    boolean hasRoom() {
        var known = carrier;
        return known != null && !silent && open.size() < known.settings().window();
    }

    void deliver(Parcel parcel) {
        if (parcel.isDone() && parcel.tries() == 0) {
            return;
        }
        int number = ++sequence;
        open.put(number, parcel);
        write(parcel.under(number));
        var known = Objects.requireNonNull(carrier);
        context()
                .executor()
                .schedule(
                        () -> {
                            if (open.remove(number) != null) {
                                known.courier().again(parcel);
                            }
                        },
                        known.settings().patience().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void delivered(Carrier known, Pdu.DeliverAnswer answer) {
        var parcel = open.remove(answer.sequence());
        if (parcel == null || parcel.msgId() != answer.msgId()) {
            return;
        }
        parcel.outcome()
                .complete(answer.result() == 0 ? "acknowledged" : "refused " + answer.result());
        known.acknowledgedOne();
        known.courier().pump();
    }

    private void write(Pdu pdu) {
        if (silent) {
            return;
        }
        var to = context();
        to.write(pdu);
        if (!flushing) {
            flushing = true;
            to.executor()
                    .execute(
                            () -> {
                                flushing = false;
                                to.flush();
                            });
        }
    }

    // --- Misbehaviour ---------------------------------------------------------------------------

    void act(LineAct act) {
        var to = context();
        switch (act) {
            case DISCONNECT -> to.close();
            case TERMINATE -> write(new Pdu.Terminate(++sequence));
            case SILENCE -> silent = true;
            case GARBAGE -> raw("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n".getBytes(US_ASCII));
            case WRONG_LENGTH ->
                    // A CMPP_SUBMIT_RESP that claims two bytes more than it can have.
                    raw(
                            new byte[] {
                                0,
                                0,
                                0,
                                26,
                                (byte) 0x80,
                                0,
                                0,
                                4,
                                0,
                                0,
                                0,
                                1,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0
                            });
        }
    }

    private void raw(byte[] bytes) {
        var to = context();
        to.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        from.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        var known = carrier;
        carrier = null;
        if (known != null) {
            List<Parcel> left = new ArrayList<>(open.values());
            open.clear();
            known.courier().remove(this, left);
            known.changed("accounts", "");
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
