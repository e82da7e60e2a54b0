package io.guanjia.adapters.miniprogram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.junit.jupiter.api.AfterEach;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

@ContractOf("miniprogram")
class MiniProgramContractTest extends ChannelContract {

    private final FakePlatform platform = Shop.platform();
    private final MiniProgramChannel channel =
            Shop.channel(Map.of("api-base", platform.address().toString()));

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
        return read(envelope(said, "text").put("Content", said.words()));
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
                            case EVENT -> "enter.json";
                            case TEXT,
                                    VOICE,
                                    VIDEO,
                                    FILE,
                                    LOCATION,
                                    LINK,
                                    SUGGESTIONS,
                                    TEMPLATE,
                                    NATIVE ->
                                    throw new AssertionError("no sample of " + kind);
                        }));
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
        return JsonMapper.shared()
                .createObjectNode()
                .put("ToUserName", Shop.ORIGINAL)
                .put("FromUserName", Shop.OPENID)
                .put("CreateTime", said.at().getEpochSecond())
                .put("MsgType", type)
                .put("MsgId", 24_000_000_000_000_000L + said.number());
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
    protected List<Attempt> forgeries() {
        var text = "{\"FromUserName\":\"o1\",\"MsgType\":\"text\",\"Content\":\"x\"}";
        var body = new String(Shop.safe(text).body(), UTF_8);
        var stranger = new MessageCrypt("another-token", Shop.AES_KEY, Shop.APP_ID);
        var other = new MessageCrypt(Shop.TOKEN, Shop.AES_KEY, "wx0000000000000008");
        return List.of(
                callback("plain where only encrypted ones are taken", Shop.plain(text)),
                callback("not signed", Shop.callback(Map.of(), body)),
                callback("signed by another", Shop.sealed(stranger, text)),
                callback("meant for another", Shop.sealed(other, text)),
                callback("altered", Shop.callback(Shop.safe(text).query(), body)));
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
                answer(99_999_999, DeliveryException.Refused.class),
                status(500, DeliveryException.Unavailable.class),
                status(504, DeliveryException.OutcomeUnknown.class));
    }

    private Failure answer(int code, Class<? extends DeliveryException> becomes) {
        var json = "{\"errcode\":" + code + ",\"errmsg\":\"" + Shop.OPENID + "\"}";
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
                new WindowRule(Trigger.ENTER, 2, Duration.ofMinutes(1)));
    }
}
