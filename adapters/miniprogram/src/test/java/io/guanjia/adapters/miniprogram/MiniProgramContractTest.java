package io.guanjia.adapters.miniprogram;

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
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Meaning;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

@ContractOf("miniprogram")
class MiniProgramContractTest extends ChannelContract {

    private static final Duration BELIEVED_FOR = Duration.ofMinutes(10);

    private final FakePlatform platform = Shop.platform();
    private final MiniProgramChannel channel =
            Shop.channel(
                    Map.of(
                            "api-base",
                            platform.address().toString(),
                            "callback-max-age",
                            BELIEVED_FOR.toMinutes() + "m",
                            "timeout",
                            "2s"));

    /** A new token each time it is asked, as after one that it does not take any more. */
    @BeforeEach
    void handOutTokens() {
        var tokens = new AtomicInteger();
        platform.script(
                Api.STABLE_TOKEN.path(),
                (request, response) ->
                        FakePlatform.json(
                                response,
                                "{\"access_token\":\"token-"
                                        + tokens.incrementAndGet()
                                        + "\",\"expires_in\":7200}"));
    }

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
        return "shop";
    }

    @Override
    protected String party() {
        return Shop.OPENID;
    }

    @Override
    protected List<String> secrets() {
        return List.of(Shop.SECRET, Shop.TOKEN, Shop.AES_KEY, "token-1");
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return read(text(said));
    }

    private static ObjectNode text(Said said) {
        return envelope(said, "text").put("Content", said.words());
    }

    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return hears(said);
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return read(envelope(said, "hologram").put("Depth", 3));
    }

    @Override
    protected List<? extends Inbound> brings(Kind kind) {
        return read(
                Samples.read(
                        switch (kind) {
                            case IMAGE -> "image.json";
                            case MINI_PROGRAM -> "card.json";
                            case TEXT,
                                    VOICE,
                                    VIDEO,
                                    FILE,
                                    LOCATION,
                                    LINK,
                                    SUGGESTIONS,
                                    TEMPLATE,
                                    NATIVE,
                                    EVENT ->
                                    throw new AssertionError("no sample of " + kind);
                        }));
    }

    @Override
    protected List<? extends Inbound> happens(Instant at) {
        return read(
                withoutId(at, "event")
                        .put("Event", "user_enter_tempsession")
                        .put("SessionFrom", "goods-8"));
    }

    @Override
    protected List<? extends Inbound> happensToo(Instant at) {
        return read(withoutId(at, "event").put("Event", "wxa_privacy_apply"));
    }

    @Override
    protected List<? extends Inbound> opens(Trigger trigger) {
        return trigger == Trigger.ENTER ? happens(Shop.NOW) : super.opens(trigger);
    }

    /** The platform reports on forms only. */
    @Override
    protected OutboundMessage reportedOn() {
        return message(sample(Kind.TEMPLATE));
    }

    /** subscribe_msg_sent_event. */
    @Override
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        var sent = Samples.read("sent-one.json").replace("1864323726461255680", sending.get());
        return read(
                switch (outcome) {
                    case DELIVERED -> sent;
                    case FAILED ->
                            sent.replace("\"0\"", "\"43101\"")
                                    .replace("success", "user refuse to accept the msg")
                                    .replace("1700000000", "1700000001");
                    case READ -> throw new AssertionError("WeChat does not tell");
                });
    }

    private static ObjectNode envelope(Said said, String type) {
        return withoutId(said.at(), type).put("MsgId", 24_000_000_000_000_000L + said.number());
    }

    private static ObjectNode withoutId(Instant at, String type) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("ToUserName", Shop.ORIGINAL)
                .put("FromUserName", Shop.OPENID)
                .put("CreateTime", at.getEpochSecond())
                .put("MsgType", type);
    }

    private List<Inbound> read(ObjectNode message) {
        return read(message.toString());
    }

    private List<Inbound> read(String message) {
        return Shop.read(channel, Shop.safe(message));
    }

    @Override
    protected AddressCheck handshake() {
        var genuine = Shop.query();
        genuine.put("echostr", "5927782489442352469");
        var forged = new HashMap<>(genuine);
        forged.put("signature", "0".repeat(40));
        return (new Handshake(
                Shop.callback(genuine, ""), "5927782489442352469", Shop.callback(forged, "")));
    }

    @Override
    protected Callback calls(Said said) {
        return Shop.safe(text(said).toString());
    }

    @Override
    protected Proof proof() {
        var text = text(new Said("转账给我", Shop.NOW, 1)).toString();
        var stranger = new MessageCrypt("another-token", Shop.AES_KEY, Shop.APP_ID);
        var other = new MessageCrypt(Shop.TOKEN, Shop.AES_KEY, "wx0000000000000008");
        return new Proof.OfEachCallback(
                Set.of("msg_signature", "timestamp", "nonce"),
                true,
                BELIEVED_FOR,
                Shop.sealed(stranger, text),
                Shop.sealed(other, text));
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        return List.of(
                callback(
                        "plain where only encrypted ones are taken",
                        Shop.plain(text(new Said("转账给我", Shop.NOW, 1)).toString())));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                callback("empty", Shop.plain("")),
                callback("neither XML nor JSON", Shop.plain("MsgType=text")),
                callback("broken JSON", Shop.safe("{\"MsgType\":")),
                callback("JSON far too deep", Shop.safe("{\"a\":" + "[".repeat(10_000))),
                callback("XML far too deep", Shop.safe("<xml>" + "<a>".repeat(10_000))),
                callback("with a document type", Shop.safe("<!DOCTYPE xml><xml/>")));
    }

    @Override
    protected void platformTakes() {
        platform.answer(Api.CUSTOM_SEND.path(), Shop.OK);
        platform.answer(
                Api.SUBSCRIBE_SEND.path(),
                "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":1864323726461255690}");
    }

    /** 45047: 客服接口下行条数超过上限. */
    @Override
    protected void windowTakes(int messages) {
        platform.answers(Api.CUSTOM_SEND.path(), messages, Shop.OK, refusal("45047"));
    }

    /** Forms need no window. */
    @Override
    protected void windowCloses() {
        platform.answer(
                Api.CUSTOM_SEND.path(),
                "{\"errcode\":45015,\"errmsg\":\"response out of time limit\"}");
    }

    @Override
    protected Set<String> otherApis() {
        return Set.of(Api.MEDIA_UPLOAD.label());
    }

    @Override
    protected int taken() {
        return platform.requests(Api.CUSTOM_SEND.path()).size()
                + platform.requests(Api.SUBSCRIBE_SEND.path()).size();
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                answer(-1, DeliveryException.Unavailable.class),
                answer(40003, DeliveryException.Unreachable.class),
                answer(48002, DeliveryException.Unreachable.class),
                answer(40125, DeliveryException.Blocked.class),
                answer(40164, DeliveryException.Blocked.class),
                answer(48001, DeliveryException.Blocked.class),
                answer(50002, DeliveryException.Blocked.class),
                answer(45009, DeliveryException.Throttled.class),
                answer(45011, DeliveryException.Throttled.class),
                answer(45015, DeliveryException.WindowClosed.class),
                answer(45047, DeliveryException.WindowClosed.class),
                answer(43101, DeliveryException.Refused.class),
                answer(45002, DeliveryException.Refused.class),
                answer(87014, DeliveryException.Refused.class),
                answer(99_999_999, DeliveryException.Refused.class));
    }

    private Failure answer(int code, Class<? extends DeliveryException> becomes) {
        var json = refusal(Integer.toString(code));
        return new Failure(
                "errcode " + code, () -> platform.answer(Api.CUSTOM_SEND.path(), json), becomes);
    }

    @Override
    protected Line line() {
        return new Line.Http(platform, Api.CUSTOM_SEND.path());
    }

    @Override
    protected ErrorCodes errorCodes() {
        return new ErrorCodes.Table(
                MiniProgramErrors.TABLE.codes().stream()
                        .collect(
                                Collectors.toMap(
                                        code -> Integer.toString(code),
                                        code -> becomes(MiniProgramErrors.TABLE.of(code)))),
                "99999999",
                code -> platform.answer(Api.CUSTOM_SEND.path(), refusal(code)));
    }

    private static Optional<Class<? extends DeliveryException>> becomes(Meaning meaning) {
        return switch (meaning) {
            case BUSY -> Optional.of(DeliveryException.Unavailable.class);
            case STALE_TOKEN, ACCOUNT_BLOCKED, API_BLOCKED, DAILY_QUOTA ->
                    Optional.of(DeliveryException.Blocked.class);
            case TOO_FAST -> Optional.of(DeliveryException.Throttled.class);
            case WINDOW_CLOSED -> Optional.of(DeliveryException.WindowClosed.class);
            case UNREACHABLE -> Optional.of(DeliveryException.Unreachable.class);
            case WRONG_APP_ID, MEDIA_GONE, TYPING_MOOT, UNSAFE, REFUSED ->
                    Optional.of(DeliveryException.Refused.class);
            case ALREADY_SENT -> Optional.empty();
        };
    }

    private static String refusal(String code) {
        return "{\"errcode\":" + code + ",\"errmsg\":\"" + Shop.OPENID + "\"}";
    }

    @Override
    protected Set<WindowRule> windows() {
        return Set.of(
                new WindowRule(Trigger.MESSAGE, 5, Duration.ofHours(48)),
                new WindowRule(Trigger.ENTER, 2, Duration.ofMinutes(1)));
    }
}
