package io.guanjia.adapters.sms.cmpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import io.guanjia.cmpp.protocol.Authenticator;
import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.ErrorCodes;
import io.guanjia.contract.Line;
import io.guanjia.contract.Proof;
import io.guanjia.contract.Proof.Pretence;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.sandbox.cmpp.LineAct;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

import org.junit.jupiter.api.AfterEach;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@ContractOf("sms-cmpp")
class CmppContractTest extends ChannelContract {

    private static final String PHONE = "13900001111";
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-02T08:31:00Z"), ZoneOffset.UTC);

    private final Bank bank = Bank.open(CLOCK, Map.of("response-timeout", "400ms"));

    @AfterEach
    void close() {
        bank.close();
    }

    @Override
    protected Channel channel() {
        return bank.channel;
    }

    @Override
    protected String account() {
        return "main";
    }

    @Override
    protected String party() {
        return "+86" + PHONE;
    }

    @Override
    protected List<String> secrets() {
        return List.of(bank.carrier.settings().secret(), Accounts.SECRET);
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return hears(said, UserData.plain(MsgFmt.UCS2, said.words().getBytes(UTF_16BE)));
    }

    /** The carrier delivers again what it has no answer for: the same id, another sequence. */
    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        // Our intake keeps a repeat out, so a new one reads it as if for the first time.
        try (var other = Bank.open(CLOCK, Map.of())) {
            return hears(other, said, UserData.plain(MsgFmt.UCS2, said.words().getBytes(UTF_16BE)));
        }
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return hears(said, UserData.plain(MsgFmt.BINARY, new byte[] {1, 2, 3}));
    }

    private List<InboundMessage> hears(Said said, UserData data) {
        return hears(bank, said, data);
    }

    private static List<InboundMessage> hears(Bank bank, Said said, UserData data) {
        bank.carrier
                .deliver(
                        new Pdu.Deliver(
                                0,
                                MsgId.of(said.at(), 777, said.number()),
                                "1069012345",
                                "BANK01",
                                data,
                                PHONE,
                                0,
                                0,
                                ""))
                .join();
        return List.of(bank.intake.messages().getLast());
    }

    @Override
    protected AddressCheck handshake() {
        return new NoHandshake();
    }

    /** The carrier reports by itself, as the phone lets it. */
    @Override
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        bank.carrier
                .phone(PHONE)
                .reports(
                        switch (outcome) {
                            case DELIVERED -> "DELIVRD";
                            case FAILED -> "UNDELIV";
                            case READ -> throw new AssertionError("carriers do not tell");
                        });
        var id = sending.get();
        Bank.await(() -> !receipts(id).isEmpty());
        return receipts(id);
    }

    private List<Receipt> receipts(String id) {
        return bank.intake.receipts().stream()
                .filter(receipt -> receipt.platformId().equals(id))
                .toList();
    }

    /** Who does not know the secret is not the carrier, whatever he says. */
    @Override
    protected Proof proof() {
        return new Proof.OfEachCaller(
                Map.of(
                        Pretence.NOTHING,
                        gateway("no proof", connect -> new byte[16]),
                        Pretence.BY_ANOTHER,
                        gateway(
                                "the proof of another secret",
                                connect -> proven(connect.authenticator(), "another-secret")),
                        Pretence.ALTERED,
                        gateway(
                                "a proof that was changed",
                                connect -> {
                                    var proof = proven(connect.authenticator(), Accounts.SECRET);
                                    proof[0] ^= 1;
                                    return proof;
                                }),
                        Pretence.OLD,
                        gateway(
                                "the proof of an earlier login",
                                connect ->
                                        proven(
                                                Authenticator.ofSource(
                                                        connect.sourceAddress(),
                                                        Accounts.SECRET,
                                                        connect.timestamp() - 1),
                                                Accounts.SECRET))));
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        return List.of(gateway("our own proof given back", Pdu.Connect::authenticator));
    }

    private static byte[] proven(byte[] ofSource, String secret) {
        return Authenticator.ofGateway(0, ofSource, secret, Version.V3_0);
    }

    /** A gateway that welcomes us with that as its proof. */
    private static Attempt gateway(String what, Function<Pdu.Connect, byte[]> proof) {
        return new Attempt(
                what,
                () ->
                        sendTo(
                                (context, pdu) -> {
                                    if (pdu instanceof Pdu.Connect connect) {
                                        context.writeAndFlush(
                                                new Pdu.ConnectAnswer(
                                                        connect.sequence(),
                                                        0,
                                                        proof.apply(connect),
                                                        0x30));
                                    }
                                },
                                "refused"),
                Unavailable.class);
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                new Attempt(
                        "an HTTP server",
                        () -> sendTo(says("HTTP/1.1 400 Bad Request\r\n\r\n"), "down"),
                        Unavailable.class),
                new Attempt(
                        "a length of 4 GB",
                        () -> sendTo(says("\u00ff\u00ff\u00ff\u00ff12345678"), "down"),
                        Unavailable.class),
                new Attempt(
                        "an answer without a question",
                        () ->
                                sendTo(
                                        (context, pdu) ->
                                                context.writeAndFlush(
                                                        new Pdu.SubmitAnswer(1, 1, 0)),
                                        "refused"),
                        Unavailable.class));
    }

    private static BiConsumer<ChannelHandlerContext, Object> says(String bytes) {
        return (context, pdu) ->
                context.pipeline()
                        .firstContext()
                        .writeAndFlush(Unpooled.wrappedBuffer(bytes.getBytes(ISO_8859_1)));
    }

    /**
     * Fails as the channel does.
     *
     * @param problem what the channel says of its line by then
     */
    private static void sendTo(BiConsumer<ChannelHandlerContext, Object> peer, String problem) {
        try (var strange = new StrangePeer(peer);
                var channel = Bank.channelTo(strange.address())) {
            channel.start();
            // Until then it is not known why the line is down.
            Bank.await(() -> problem.equals(health(channel).problem()));
            Bank.sending(channel, PHONE, "您好").block(Bank.PATIENCE);
        }
    }

    private static HealthSign health(CmppChannel channel) {
        return Objects.requireNonNull(channel.health("main").blockFirst(Bank.PATIENCE));
    }

    @Override
    protected void platformTakes() {
        bank.carrier.faults().clear();
    }

    @Override
    protected int taken() {
        return (int)
                bank.carrier.submits().all().stream()
                        .filter(one -> Integer.valueOf(0).equals(one.result()))
                        .count();
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                new Failure("8 流量控制错", () -> result(8), Throttled.class),
                new Failure("1 消息结构错", () -> result(1), Refused.class),
                new Failure("4 消息长度错", () -> result(4), Refused.class),
                new Failure("6 超过最大信息长", () -> result(6), Refused.class),
                new Failure("99", () -> result(99), Refused.class),
                new Failure("3 消息序号重复", () -> result(3), OutcomeUnknown.class),
                new Failure("5 资费代码错", () -> result(5), Blocked.class),
                new Failure("7 业务代码错", () -> result(7), Blocked.class),
                new Failure("10 Src_Id错误", () -> result(10), Blocked.class),
                new Failure("11 Msg_src错误", () -> result(11), Blocked.class),
                new Failure("9 本网关不负责服务此计费号码", () -> result(9), Unreachable.class),
                new Failure("13 Dest_terminal_Id错误", () -> result(13), Unreachable.class),
                new Failure("no answer", () -> fault(new Effect.Hang(true)), OutcomeUnknown.class));
    }

    @Override
    protected Line line() {
        return new Line.Own(this::cut);
    }

    /** Results are one byte; those that mean something to every carrier are what we know. */
    @Override
    protected ErrorCodes errorCodes() {
        return new ErrorCodes.Table(
                IntStream.rangeClosed(1, 0xff)
                        .boxed()
                        .filter(CmppContractTest::isKnown)
                        .collect(
                                Collectors.toMap(
                                        result -> Integer.toString(result),
                                        result -> Optional.of(becomes(result)))),
                "99",
                code -> result(Integer.parseInt(code)));
    }

    private static boolean isKnown(int result) {
        return !SubmitResult.failure(result).reason().contains("of the carrier's own");
    }

    private static Class<? extends DeliveryException> becomes(int result) {
        return switch (result) {
            case 1, 2, 4, 6, 12 -> Refused.class;
            case 3 -> OutcomeUnknown.class;
            case 5, 7, 10, 11 -> Blocked.class;
            case 8 -> Throttled.class;
            case 9, 13 -> Unreachable.class;
            default -> throw new AssertionError("nobody said what becomes of result " + result);
        };
    }

    private void result(int code) {
        fault(new Effect.ErrorCode(code));
    }

    private void fault(Effect effect) {
        bank.carrier.faults().clear();
        bank.awaitUp();
        bank.carrier.faults().add(Fault.always("submit", effect));
    }

    private void cut() {
        bank.carrier.faults().clear();
        bank.carrier.faults().add(Fault.always("connect", new Effect.Close(false)));
        bank.carrier.act(LineAct.DISCONNECT).join();
        Bank.await(() -> bank.health().problem() != null);
    }

    /** CMPP asks nothing of customers before we write; that is for the law, and for campaigns. */
    @Override
    protected Set<WindowRule> windows() {
        return Set.of();
    }
}
