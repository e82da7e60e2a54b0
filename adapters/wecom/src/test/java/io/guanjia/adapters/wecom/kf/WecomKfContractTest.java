package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.wecom.CorpCodes;
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
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

@ContractOf("wecom-kf")
class WecomKfContractTest extends ChannelContract {

    private static final String OTHER_KEY = "AnotherTestKeyAnotherTestKeyAnotherTestKey7";

    private static final Instant SAID_AT = Instant.parse("2026-03-02T08:30:15Z");

    private final FakeKf platform = new FakeKf();
    private final Kit kit = new Kit(platform, Map.of("timeout", "2s"));

    @BeforeEach
    void begin() {
        kit.channel.sync().start();
    }

    @AfterEach
    void end() {
        kit.close();
        platform.close();
    }

    @Override
    protected Channel channel() {
        return kit.channel;
    }

    @Override
    protected String account() {
        return "demo";
    }

    @Override
    protected String party() {
        return Accounts.PARTY;
    }

    @Override
    protected List<String> secrets() {
        return List.of(Accounts.SECRET, Accounts.TOKEN, Accounts.AES_KEY, "ACCESS-1");
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return fetched(FakeKf.text("kf-" + said.number(), said.words(), said.at()));
    }

    /** The page once more, because the cursor had not moved. */
    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return hears(said);
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return fetched(
                FakeKf.item(
                        "kf-" + said.number(),
                        "hologram",
                        JsonMapper.shared().createObjectNode().put("media_id", "M"),
                        said.at()));
    }

    @Override
    protected List<? extends Inbound> brings(Kind kind) {
        var said = JsonMapper.shared().createObjectNode();
        var type =
                switch (kind) {
                    case IMAGE, VOICE, VIDEO, FILE -> {
                        said.put("media_id", "MEDIA-1");
                        yield kind.name().toLowerCase(Locale.ROOT);
                    }
                    case LOCATION -> {
                        said.put("latitude", 31.23).put("longitude", 121.47);
                        yield "location";
                    }
                    case LINK -> {
                        said.put("title", "还款日历").put("url", "https://bank.example/calendar");
                        yield "link";
                    }
                    case MINI_PROGRAM -> {
                        said.put("title", "手机银行").put("appid", "wx0000000000000009");
                        yield "miniprogram";
                    }
                    case NATIVE -> {
                        said.put("userid", "zhangsan");
                        yield "business_card";
                    }
                    case TEXT, SUGGESTIONS, TEMPLATE, EVENT ->
                            throw new AssertionError("no sample of " + kind);
                };
        return fetched(FakeKf.item("kf-" + kind, type, said, SAID_AT));
    }

    @Override
    protected List<? extends Inbound> happens(Instant at) {
        return fetched(FakeKf.enters("kf-enters-" + at.getEpochSecond(), "CODE", at));
    }

    @Override
    protected List<? extends Inbound> happensToo(Instant at) {
        return fetched(FakeKf.enters("kf-enters-too-" + at.getEpochSecond(), "CODE-2", at));
    }

    @Override
    protected List<? extends Inbound> opens(Trigger trigger) {
        return trigger == Trigger.ENTER ? happens(SAID_AT) : super.opens(trigger);
    }

    /** msg_send_fail; nobody is told of what arrived. */
    @Override
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        assertThat(outcome).isEqualTo(Receipt.Outcome.FAILED);
        return fetched(FakeKf.fails("kf-fail", sending.get(), SAID_AT));
    }

    private List<Inbound> fetched(JsonNode item) {
        platform.has(item);
        kit.channel.read(FakeKf.news("CALLBACK-TOKEN")).block(Kit.PATIENCE);
        return kit.journal.next(1);
    }

    @Override
    protected AddressCheck handshake() {
        var genuine = FakeKf.check("5927782489442352469");
        var stranger =
                new MessageCrypt("another-token", OTHER_KEY, Accounts.CORP)
                        .encrypt("5927782489442352469", "1772440215", "587934");
        return (new Handshake(
                genuine,
                "5927782489442352469",
                FakeKf.callback(
                        Map.of(
                                "msg_signature",
                                stranger.msgSignature(),
                                "timestamp",
                                "1772440215",
                                "nonce",
                                "587934",
                                "echostr",
                                stranger.encrypt()),
                        "")));
    }

    /** It only says that there is something to fetch. */
    @Override
    protected Callback calls(Said said) {
        return FakeKf.news("TOKEN-" + said.number());
    }

    @Override
    protected Proof proof() {
        var xml = "<xml><Event>kf_msg_or_event</Event></xml>";
        var otherToken = new MessageCrypt("another-token", Accounts.AES_KEY, Accounts.CORP);
        var otherCorp = new MessageCrypt(Accounts.TOKEN, Accounts.AES_KEY, "ww-another-corp");
        return new Proof.OfEachCallback(
                Set.of("msg_signature", "timestamp", "nonce"),
                true,
                null,
                FakeKf.sealed(otherToken, xml),
                FakeKf.sealed(otherCorp, xml));
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        return List.of(
                callback(
                        "plain",
                        FakeKf.callback(
                                FakeKf.query("0"), "<xml><Event>kf_msg_or_event</Event></xml>")));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                callback("nothing", FakeKf.callback(FakeKf.query("0"), "")),
                callback("not XML", FakeKf.callback(FakeKf.query("0"), "{\"a\":1}")),
                callback("not XML inside", FakeKf.callback("hello")),
                callback(
                        "a document type",
                        FakeKf.callback(
                                FakeKf.query("0"),
                                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml/>")),
                callback(
                        "far too deep",
                        FakeKf.callback("<a>".repeat(10_000) + "</a>".repeat(10_000))));
    }

    @Override
    protected void platformTakes() {
        platform.takesEverything();
    }

    @Override
    protected int taken() {
        return platform.platform.requests(FakeKf.SEND).size()
                + platform.platform.requests(FakeKf.ON_EVENT).size();
    }

    @Override
    protected Line line() {
        return new Line.Http(platform.platform, FakeKf.SEND);
    }

    @Override
    protected ErrorCodes errorCodes() {
        return CorpCodes.table(
                code -> true, code -> platform.platform.answer(FakeKf.SEND, refusal(code)));
    }

    private static String refusal(String code) {
        return "{\"errcode\":" + code + ",\"errmsg\":\"" + Accounts.PARTY + "\"}";
    }

    /** 发送客服消息次数限制. What follows an event counts as well. */
    @Override
    protected void windowTakes(int messages) {
        var left = new AtomicInteger(messages);
        for (var path : List.of(FakeKf.SEND, FakeKf.ON_EVENT)) {
            platform.platform.script(
                    path,
                    (request, response) ->
                            FakePlatform.json(
                                    response,
                                    left.getAndDecrement() > 0 ? FakeKf.OK : refusal("95001")));
        }
    }

    /** 会话已超过48小时. */
    @Override
    protected void windowCloses() {
        code(95002, WindowClosed.class).arrange().run();
    }

    @Override
    protected Set<String> otherApis() {
        return Set.of("gettoken", "send-msg-on-event", "trans", "upload");
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                code(-1, Unavailable.class),
                code(40014, Blocked.class),
                code(42001, Blocked.class),
                code(40058, Refused.class),
                code(45002, Refused.class),
                code(45009, Throttled.class),
                code(45033, Throttled.class),
                code(48002, Blocked.class),
                code(60020, Blocked.class),
                code(84061, Unreachable.class),
                code(95000, Blocked.class),
                code(95001, WindowClosed.class),
                code(95002, WindowClosed.class),
                code(95003, Blocked.class),
                code(95004, Blocked.class),
                code(95012, Blocked.class),
                code(95013, WindowClosed.class),
                code(95014, Refused.class),
                code(95016, WindowClosed.class),
                code(95017, Blocked.class),
                code(95018, WindowClosed.class),
                code(77777, Refused.class));
    }

    private Failure code(int code, Class<? extends DeliveryException> becomes) {
        var known = Integer.toString(code);
        return new Failure(
                known, () -> platform.platform.answer(FakeKf.SEND, refusal(known)), becomes);
    }

    @Override
    protected Set<WindowRule> windows() {
        return Set.of(
                new WindowRule(Trigger.MESSAGE, 5, Duration.ofHours(48)),
                new WindowRule(Trigger.ENTER, 1, Duration.ofSeconds(20)));
    }

    @Override
    protected Content nativeSample() {
        return new Content.Native("business_card", Map.of("userid", "zhangsan"));
    }
}
