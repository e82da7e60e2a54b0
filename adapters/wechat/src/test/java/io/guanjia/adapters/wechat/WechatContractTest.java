package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.ErrorCodes;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.Line;
import io.guanjia.contract.Proof;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Meaning;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.XmlWriter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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

@ContractOf("wechat")
class WechatContractTest extends ChannelContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration BELIEVED_FOR = Duration.ofMinutes(10);

    private final FakePlatform platform = Weixin.platform();
    private final WechatChannel channel =
            Channels.with(
                    Accounts.demo(
                            Map.of(
                                    "mode",
                                    "safe",
                                    "api-base",
                                    platform.address().toString(),
                                    "callback-max-age",
                                    BELIEVED_FOR.toMinutes() + "m",
                                    "timeout",
                                    "2s")),
                    new SampleFiles(),
                    new Channels.NoStrangers());

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
        return "demo";
    }

    @Override
    protected String party() {
        return Accounts.OPENID;
    }

    @Override
    protected List<String> secrets() {
        return List.of("app-secret-value", Accounts.TOKEN, Accounts.AES_KEY, "token-1");
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return read(envelope(said, "text").cdata("Content", said.words()), said);
    }

    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return hears(said);
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return read(envelope(said, "hologram").cdata("Depth", "3"), said);
    }

    @Override
    protected List<? extends Inbound> brings(Kind kind) {
        return read(
                Callbacks.sample(
                        switch (kind) {
                            case IMAGE -> "image";
                            case VOICE -> "voice";
                            case VIDEO -> "video";
                            case FILE -> "file";
                            case LOCATION -> "location";
                            case LINK -> "link";
                            case MINI_PROGRAM -> "miniprogrampage";
                            case TEXT, SUGGESTIONS, TEMPLATE, NATIVE, EVENT ->
                                    throw new AssertionError("no sample of " + kind);
                        }));
    }

    @Override
    protected List<? extends Inbound> happens(Instant at) {
        return read(envelope(new Said("", at, 0), "event").cdata("Event", "subscribe").toXml());
    }

    @Override
    protected List<? extends Inbound> happensToo(Instant at) {
        return read(
                envelope(new Said("", at, 0), "event")
                        .cdata("Event", "CLICK")
                        .cdata("EventKey", "bill")
                        .toXml());
    }

    @Override
    protected List<? extends Inbound> opens(Trigger trigger) {
        return switch (trigger) {
            case MENU -> read(Callbacks.sample("click"));
            case FOLLOW -> read(Callbacks.sample("subscribe"));
            case SCAN -> read(Callbacks.sample("scan"));
            case MESSAGE, PAYMENT, ENTER, MENTION -> super.opens(trigger);
        };
    }

    /** The platform reports on forms only. */
    @Override
    protected OutboundMessage reportedOn() {
        return message(notification());
    }

    /** TEMPLATESENDJOBFINISH. */
    @Override
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        return read(
                switch (outcome) {
                    case DELIVERED ->
                            Callbacks.sample("template-sent").replace("200163836", sending.get());
                    case FAILED ->
                            Callbacks.sample("template-failed").replace("200163838", sending.get());
                    case READ -> throw new AssertionError("WeChat does not tell");
                });
    }

    private static XmlWriter envelope(Said said, String type) {
        return new XmlWriter()
                .cdata("ToUserName", Accounts.ORIGINAL)
                .cdata("FromUserName", Accounts.OPENID)
                .plain("CreateTime", said.at().getEpochSecond())
                .cdata("MsgType", type);
    }

    private List<Inbound> read(XmlWriter message, Said said) {
        return read(message.plain("MsgId", 24_000_000_000_000_000L + said.number()).toXml());
    }

    private List<Inbound> read(String xml) {
        var reading = channel.read(Callbacks.safe(xml)).block(PATIENCE);
        assertThat(reading).isNotNull();
        return reading.inbound();
    }

    @Override
    protected AddressCheck handshake() {
        var genuine = Callbacks.query();
        genuine.put("echostr", "5927782489442352469");
        var forged = new HashMap<>(genuine);
        forged.put("signature", "0".repeat(40));
        return (new Handshake(
                Callbacks.callback(genuine, ""),
                "5927782489442352469",
                Callbacks.callback(forged, "")));
    }

    @Override
    protected Callback calls(Said said) {
        return Callbacks.safe(
                envelope(said, "text")
                        .cdata("Content", said.words())
                        .plain("MsgId", 24_000_000_000_000_000L + said.number())
                        .toXml());
    }

    @Override
    protected Proof proof() {
        var text = Callbacks.sample("text");
        var stranger = new MessageCrypt("another-token", Accounts.AES_KEY, Accounts.APP_ID);
        var other = new MessageCrypt(Accounts.TOKEN, Accounts.AES_KEY, "wx9999999999999999");
        return new Proof.OfEachCallback(
                Set.of("msg_signature", "timestamp", "nonce"),
                true,
                BELIEVED_FOR,
                Callbacks.encrypted(stranger, text, ""),
                Callbacks.encrypted(other, text, ""));
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        return List.of(
                callback(
                        "plain where only encrypted ones are taken",
                        Callbacks.plain(Callbacks.sample("text"))));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                callback("empty", Callbacks.plain("")),
                callback("not XML", Callbacks.plain("{\"Content\":\"x\"}")),
                callback("far too deep", Callbacks.safe("<xml>" + "<a>".repeat(10_000))),
                callback("with a document type", Callbacks.safe("<!DOCTYPE xml><xml/>")));
    }

    @Override
    protected void platformTakes() {
        platform.answer(Api.CUSTOM_SEND.path(), Weixin.OK);
        platform.answer(Api.SUBSCRIBE_BIZSEND.path(), Weixin.OK);
        platform.answer(
                Api.TEMPLATE_SEND.path(), "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":200163840}");
        platform.answer(Api.MEDIA_UPLOAD.path(), "{\"media_id\":\"m1\"}");
    }

    @Override
    protected int taken() {
        return platform.requests(Api.CUSTOM_SEND.path()).size()
                + platform.requests(Api.SUBSCRIBE_BIZSEND.path()).size();
    }

    @Override
    protected Content nativeSample() {
        return new Content.Native("mpnews", Map.of("media_id", "m1"));
    }

    @Override
    protected List<Content> furtherSamples() {
        return List.of(notification());
    }

    private static Content notification() {
        return new Content.Template(
                Content.Template.Kind.NOTIFICATION, "t1", null, null, Map.of("a", "1"));
    }

    @Override
    protected Set<String> otherApis() {
        return Set.of(Api.MEDIA_UPLOAD.label());
    }

    /** 45047: 客服接口下行条数超过上限. */
    @Override
    protected void windowTakes(int messages) {
        platform.answers(Api.CUSTOM_SEND.path(), messages, Weixin.OK, refusal("45047"));
    }

    /** Forms need no window. */
    @Override
    protected void windowCloses() {
        platform.answer(
                Api.CUSTOM_SEND.path(),
                "{\"errcode\":45015,\"errmsg\":\"response out of time limit\"}");
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                answer(-1, DeliveryException.Unavailable.class),
                answer(40003, DeliveryException.Unreachable.class),
                answer(43004, DeliveryException.Unreachable.class),
                answer(48002, DeliveryException.Unreachable.class),
                answer(40125, DeliveryException.Blocked.class),
                answer(40164, DeliveryException.Blocked.class),
                answer(45009, DeliveryException.Blocked.class),
                answer(48001, DeliveryException.Blocked.class),
                answer(45011, DeliveryException.Throttled.class),
                answer(45015, DeliveryException.WindowClosed.class),
                answer(45047, DeliveryException.WindowClosed.class),
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
                WechatErrors.TABLE.codes().stream()
                        .collect(
                                Collectors.toMap(
                                        code -> Integer.toString(code),
                                        code -> becomes(WechatErrors.TABLE.of(code)))),
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
        return "{\"errcode\":" + code + ",\"errmsg\":\"" + Accounts.OPENID + "\"}";
    }

    @Override
    protected Set<WindowRule> windows() {
        return Set.of(
                new WindowRule(Trigger.MESSAGE, 5, Duration.ofHours(48)),
                new WindowRule(Trigger.MENU, 3, Duration.ofMinutes(1)),
                new WindowRule(Trigger.FOLLOW, 3, Duration.ofMinutes(1)),
                new WindowRule(Trigger.SCAN, 3, Duration.ofMinutes(1)));
    }
}
