package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Inbound;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What {@link PaperChannel} is held to. Not run by itself: it is not a channel of the product. */
class PaperContract extends ChannelContract implements AutoCloseable {

    private static final Instant NOW = SAID.plusSeconds(5);
    private static final String OK = "{}";

    final FakePlatform platform = new FakePlatform();
    private final PaperChannel channel;

    PaperContract() {
        this(PaperChannel::new);
    }

    /**
     * @param channel makes one on that platform
     */
    PaperContract(Function<URI, PaperChannel> channel) {
        this.channel = channel.apply(platform.address());
    }

    /** A channel that does it all passes. */
    static void passes(Consumer<PaperContract> part) {
        try (var honest = new PaperContract()) {
            part.accept(honest);
        }
    }

    /** A channel that does it all passes, and this one does not. */
    static void catches(PaperContract lazy, Consumer<PaperContract> part) {
        passes(part);
        try (lazy) {
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> part.accept(lazy));
        }
    }

    @Override
    protected Channel channel() {
        return channel;
    }

    @Override
    protected String account() {
        return PaperChannel.ACCOUNT;
    }

    @Override
    protected String party() {
        return PaperChannel.PARTY;
    }

    @Override
    protected List<String> secrets() {
        return List.of(PaperChannel.SECRET);
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return read(calls(said));
    }

    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return hears(said);
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return read(proven(body(PaperChannel.ACCOUNT, said, "hologram")));
    }

    @Override
    protected List<? extends Inbound> happens(Instant at) {
        return read(
                proven(String.join("\n", PaperChannel.ACCOUNT, "", at.toString(), "event", "in")));
    }

    @Override
    protected List<? extends Inbound> happensToo(Instant at) {
        return read(
                proven(String.join("\n", PaperChannel.ACCOUNT, "", at.toString(), "event", "out")));
    }

    private List<Inbound> read(Callback callback) {
        return Objects.requireNonNull(channel.read(callback).block(PATIENCE)).inbound();
    }

    @Override
    protected Callback calls(Said said) {
        return proven(body(PaperChannel.ACCOUNT, said, "text"));
    }

    private static String body(String receiver, Said said, String type) {
        return String.join(
                "\n",
                receiver,
                Integer.toString(said.number()),
                said.at().toString(),
                type,
                said.words());
    }

    private static Callback proven(String body) {
        return proven(PaperChannel.SECRET, body);
    }

    private static Callback proven(String secret, String body) {
        var time = NOW.toString();
        return callback(
                Map.of("time", time, "proof", PaperChannel.proof(secret, time, body)), body);
    }

    private static Callback callback(Map<String, String> query, String body) {
        return new Callback(
                PaperChannel.NAME,
                PaperChannel.ACCOUNT,
                query,
                "text/plain",
                body.getBytes(UTF_8),
                NOW);
    }

    @Override
    protected AddressCheck handshake() {
        var time = NOW.toString();
        var proof = PaperChannel.proof(PaperChannel.SECRET, time, "");
        return new Handshake(
                callback(Map.of("time", time, "proof", proof, "echostr", "592778"), ""),
                "592778",
                callback(Map.of("time", time, "proof", "00000000", "echostr", "592778"), ""));
    }

    @Override
    protected Proof proof() {
        var said = new Said("转账给我", SAID, 1);
        return new Proof.OfEachCallback(
                Set.of("time", "proof"),
                true,
                PaperChannel.BELIEVED_FOR,
                proven("another-secret", body(PaperChannel.ACCOUNT, said, "text")),
                proven(body("another", said, "text")));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(callback("three lines", proven("desk\n1\n2")));
    }

    @Override
    protected void platformTakes() {
        platform.answer(PaperChannel.PATH, OK);
    }

    @Override
    protected int taken() {
        return platform.requests(PaperChannel.PATH).size();
    }

    @Override
    protected void windowTakes(int messages) {
        platform.answers(PaperChannel.PATH, messages, OK, refusal("window"));
    }

    @Override
    protected void windowCloses() {
        platform.answer(PaperChannel.PATH, refusal("window"));
    }

    @Override
    protected Line line() {
        return new Line.Http(platform, PaperChannel.PATH);
    }

    @Override
    protected ErrorCodes errorCodes() {
        return new ErrorCodes.Table(
                Map.of(
                        "window", Optional.of(WindowClosed.class),
                        "gone", Optional.of(Unreachable.class)),
                "unheard-of",
                this::refuses);
    }

    final void refuses(String code) {
        platform.answer(PaperChannel.PATH, refusal(code));
    }

    private static String refusal(String code) {
        return "{\"code\":\"" + code + "\"}";
    }

    @Override
    protected List<Failure> failures() {
        return List.of();
    }

    @Override
    protected Set<WindowRule> windows() {
        return Set.of(PaperChannel.WINDOW);
    }

    @Override
    public void close() {
        channel.close();
        platform.close();
    }
}
