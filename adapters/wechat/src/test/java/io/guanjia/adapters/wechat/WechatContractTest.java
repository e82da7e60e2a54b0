package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.SampleFiles;
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
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.XmlWriter;

import org.junit.jupiter.api.AfterEach;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

@ContractOf("wechat")
class WechatContractTest extends ChannelContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakePlatform platform = Weixin.platform();
    private final WechatChannel channel =
            Channels.with(
                    Accounts.demo(
                            Map.of("mode", "safe", "api-base", platform.address().toString())),
                    new SampleFiles(),
                    new Channels.NoStrangers());

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
                            case EVENT -> "subscribe";
                            case TEXT, SUGGESTIONS, TEMPLATE, NATIVE ->
                                    throw new AssertionError("no sample of " + kind);
                        }));
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
    protected List<Attempt> forgeries() {
        var text = Callbacks.sample("text");
        var stranger = new MessageCrypt("another-token", Accounts.AES_KEY, Accounts.APP_ID);
        var other = new MessageCrypt(Accounts.TOKEN, Accounts.AES_KEY, "wx9999999999999999");
        var unsigned = Callbacks.query();
        unsigned.remove("signature");
        return List.of(
                callback("plain where only encrypted ones are taken", Callbacks.plain(text)),
                callback(
                        "not signed",
                        Callbacks.callback(unsigned, text(Callbacks.safe(text).body()))),
                callback("signed by another", Callbacks.encrypted(stranger, text, "")),
                callback("meant for another", Callbacks.encrypted(other, text, "")),
                callback(
                        "altered",
                        Callbacks.callback(
                                Callbacks.safe(text).query(), text(Callbacks.safe(text).body()))));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                callback("empty", Callbacks.plain("")),
                callback("not XML", Callbacks.plain("{\"Content\":\"x\"}")),
                callback("far too deep", Callbacks.safe("<xml>" + "<a>".repeat(10_000))),
                callback("with a document type", Callbacks.safe("<!DOCTYPE xml><xml/>")));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
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
                answer(99_999_999, DeliveryException.Refused.class),
                status(500, DeliveryException.Unavailable.class),
                status(504, DeliveryException.OutcomeUnknown.class));
    }

    private Failure answer(int code, Class<? extends DeliveryException> becomes) {
        var json = "{\"errcode\":" + code + ",\"errmsg\":\"" + Accounts.OPENID + "\"}";
        return new Failure(
                "errcode " + code, () -> platform.answer(Api.CUSTOM_SEND.path(), json), becomes);
    }

    private Failure status(int status, Class<? extends DeliveryException> becomes) {
        return new Failure(
                "HTTP " + status, () -> platform.status(Api.CUSTOM_SEND.path(), status), becomes);
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
