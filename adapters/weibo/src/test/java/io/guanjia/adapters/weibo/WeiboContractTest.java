package io.guanjia.adapters.weibo;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.ErrorCodes;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.Line;
import io.guanjia.contract.Proof;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.Signature;

import org.junit.jupiter.api.AfterEach;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

@ContractOf("weibo")
class WeiboContractTest extends ChannelContract {

    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.US)
                    .withZone(ZoneOffset.ofHours(8));

    private static final Duration BELIEVED_FOR = Duration.ofMinutes(10);
    private static final String TAKEN = "{\"result\":true}";

    private final FakePlatform platform = new FakePlatform();
    private final WeiboChannel channel =
            Accounts.channel(
                    Map.of(
                            "api-base",
                            platform.address().toString(),
                            "callback-max-age",
                            BELIEVED_FOR.toMinutes() + "m",
                            "timeout",
                            "500ms"));

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    @Override
    protected Channel channel() {
        return channel;
    }

    @Override
    protected String account() {
        return "demo";
    }

    @Override
    protected String party() {
        return Accounts.CUSTOMER;
    }

    /** A place with a name is said in words. */
    @Override
    protected Content sample(Kind kind) {
        return kind == Kind.LOCATION
                ? new Content.Location(31.23, 121.47, null, 16.0)
                : super.sample(kind);
    }

    @Override
    protected List<String> secrets() {
        return List.of(Accounts.SECRET, Accounts.TOKEN);
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return read("text", said, "1");
    }

    /** The same body, signed anew. */
    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return read("text", said, "2");
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return read("hologram", said, "1");
    }

    @Override
    protected List<? extends Inbound> brings(Kind kind) {
        var sample =
                switch (kind) {
                    case IMAGE -> "image";
                    case VOICE -> "voice";
                    case LOCATION -> "position";
                    case TEXT,
                            VIDEO,
                            FILE,
                            LINK,
                            MINI_PROGRAM,
                            SUGGESTIONS,
                            TEMPLATE,
                            NATIVE,
                            EVENT ->
                            throw new AssertionError("no sample of " + kind);
                };
        return read(Callbacks.sample(sample));
    }

    private List<Inbound> read(String body) {
        return Objects.requireNonNull(channel.read(Callbacks.signed(body)).block()).inbound();
    }

    @Override
    protected List<? extends Inbound> happens(Instant at) {
        var event = message("event", new Said("关注事件消息", at, 0));
        event.putObject("data").put("subtype", "follow");
        return read(event.toString());
    }

    @Override
    protected List<? extends Inbound> happensToo(Instant at) {
        var event = message("event", new Said("点击菜单事件消息", at, 0));
        event.putObject("data").put("subtype", "click").put("key", "bill");
        return read(event.toString());
    }

    @Override
    protected List<? extends Inbound> opens(Trigger trigger) {
        return switch (trigger) {
            case FOLLOW -> read(Callbacks.sample("event_follow"));
            case MENU -> read(Callbacks.sample("event_click"));
            case SCAN -> read(Callbacks.sample("event_scan"));
            case MENTION -> read(Callbacks.sample("mention_status"));
            case MESSAGE, PAYMENT, ENTER -> super.opens(trigger);
        };
    }

    private List<Inbound> read(String type, Said said, String nonce) {
        var timestamp = Long.toString(said.at().toEpochMilli() + nonce.length());
        var callback = Callbacks.callback(Callbacks.query(timestamp, nonce), body(type, said));
        return Objects.requireNonNull(channel.read(callback).block()).inbound();
    }

    private static String body(String type, Said said) {
        return message(type, said).toString();
    }

    private static ObjectNode message(String type, Said said) {
        var message = JsonMapper.shared().createObjectNode();
        message.putObject("data");
        return message.put("type", type)
                .put("receiver_id", Long.parseLong(Accounts.UID))
                .put("sender_id", Long.parseLong(Accounts.CUSTOMER))
                .put("created_at", CREATED_AT.format(said.at()))
                .put("text", said.words());
    }

    @Override
    protected AddressCheck handshake() {
        var genuine = Callbacks.query("1397022061823", "57155157");
        genuine.put("echostr", "dnPdpTZz85");
        var forged = new HashMap<>(genuine);
        forged.put("nonce", "57155158");
        return (new Handshake(
                Callbacks.callback(genuine, ""), "dnPdpTZz85", Callbacks.callback(forged, "")));
    }

    @Override
    protected Callback calls(Said said) {
        return Callbacks.signed(body("text", said));
    }

    /** The signature covers nothing of the body: an altered one cannot be told. */
    @Override
    protected Proof proof() {
        var body = body("text", new Said("转账给我", Instant.EPOCH, 1));
        var timestamp = Long.toString(Callbacks.NOW.toEpochMilli());
        var byAnother = Callbacks.query(timestamp, "2");
        byAnother.put("signature", Signature.of("another-secret", timestamp, "2"));
        return new Proof.OfEachCallback(
                Set.of("signature", "timestamp", "nonce"),
                false,
                BELIEVED_FOR,
                Callbacks.callback(byAnother, body),
                Callbacks.signed(body.replace(Accounts.UID, "5011223345")));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                callback("nothing", Callbacks.signed("")),
                callback("XML", Callbacks.signed("<xml><MsgType>text</MsgType></xml>")),
                callback("half a document", Callbacks.signed("{\"type\":\"text\"")),
                callback("a list", Callbacks.signed("[{\"type\":\"text\"}]")),
                callback("an object that says nothing", Callbacks.signed("{\"a\":1}")),
                callback("far too deep", Callbacks.signed("{\"type\":" + "[".repeat(20_000))));
    }

    @Override
    protected void platformTakes() {
        platform.answer(FansServiceApi.PATH, TAKEN);
    }

    @Override
    protected int taken() {
        return platform.requests(FansServiceApi.PATH).size();
    }

    @Override
    protected Line line() {
        return new Line.Http(platform, FansServiceApi.PATH);
    }

    @Override
    protected ErrorCodes errorCodes() {
        return new ErrorCodes.Table(
                WeiboError.codes().stream()
                        .collect(
                                Collectors.toMap(
                                        code -> Integer.toString(code),
                                        code -> becomes(WeiboError.of(code)))),
                "29999",
                this::refuses);
    }

    private static Optional<Class<? extends DeliveryException>> becomes(WeiboError error) {
        return switch (error) {
            case BUSY -> Optional.of(Unavailable.class);
            case LOST -> Optional.of(OutcomeUnknown.class);
            case TOO_FAST -> Optional.of(Throttled.class);
            case HOURLY_QUOTA, TOKEN_REFUSED, ACCOUNT_BLOCKED, API_BLOCKED ->
                    Optional.of(Blocked.class);
            case WINDOW_CLOSED -> Optional.of(WindowClosed.class);
            case UNREACHABLE -> Optional.of(Unreachable.class);
            case REFUSED -> Optional.of(Refused.class);
            case TAKEN -> Optional.empty();
        };
    }

    private void refuses(String code) {
        var error = refusal(code);
        platform.script(
                FansServiceApi.PATH,
                (request, response) -> FakePlatform.json(response.status(400), error));
    }

    private static String refusal(String code) {
        return "{\"request\":\"/2/messages/reply.json\",\"error_code\":%s,\"error\":\"%s %s\"}"
                .formatted(code, Accounts.TOKEN, Accounts.CUSTOMER);
    }

    @Override
    protected void windowTakes(int messages) {
        platform.answers(FansServiceApi.PATH, messages, TAKEN, refusal("20308"));
    }

    /** 发私信太多: there is nothing to answer. */
    @Override
    protected void windowCloses() {
        code(20308, WindowClosed.class).arrange().run();
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                code(10001, Unavailable.class),
                code(10009, Unavailable.class),
                code(10010, OutcomeUnknown.class),
                code(10023, Blocked.class),
                code(20016, Throttled.class),
                code(21327, Blocked.class),
                code(20034, Blocked.class),
                code(10014, Blocked.class),
                code(20308, WindowClosed.class),
                code(20301, Unreachable.class),
                code(20003, Unreachable.class),
                code(20021, Refused.class),
                code(29999, Refused.class),
                new Failure(
                        "result false",
                        () -> platform.answer(FansServiceApi.PATH, "{\"result\":false}"),
                        Refused.class));
    }

    private Failure code(int code, Class<? extends DeliveryException> becomes) {
        var refusal = Integer.toString(code);
        return new Failure(refusal, () -> refuses(refusal), becomes);
    }

    @Override
    protected Set<WindowRule> windows() {
        var days = Duration.ofHours(48);
        return Set.of(
                new WindowRule(Trigger.MESSAGE, 99, days),
                new WindowRule(Trigger.FOLLOW, 99, days),
                new WindowRule(Trigger.MENU, 99, days),
                new WindowRule(Trigger.SCAN, 99, days),
                new WindowRule(Trigger.MENTION, 1, days));
    }

    @Override
    protected Content nativeSample() {
        return new Content.Native(
                "articles",
                Map.of(
                        "articles",
                        List.of(
                                Map.of(
                                        "display_name", "还款日历",
                                        "summary", "每月还款提醒",
                                        "image", "https://bank.example/1.jpg",
                                        "url", "https://bank.example/calendar"))));
    }
}
