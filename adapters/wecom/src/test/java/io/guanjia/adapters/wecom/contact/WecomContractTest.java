package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.wecom.CorpCodes;
import io.guanjia.adapters.wecom.task.TaskPolls;
import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.ErrorCodes;
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
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.XmlWriter;

import org.junit.jupiter.api.AfterEach;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

@ContractOf("wecom")
class WecomContractTest extends ChannelContract {

    private static final Instant SAID_AT = Instant.parse("2026-03-02T08:30:15Z");

    private static final String TASKS = "/cgi-bin/externalcontact/";

    private final App app = new App(tasks(App.NOW));

    private static TaskStore tasks(Instant now) {
        return TaskStore.in(
                TaskDatabase.SHARED.client,
                TaskDatabase.SHARED.transactions,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @AfterEach
    void end() {
        app.close();
    }

    @Override
    protected Channel channel() {
        return app.channel;
    }

    @Override
    protected String account() {
        return "demo";
    }

    @Override
    protected String party() {
        return App.MEMBER;
    }

    @Override
    protected List<String> secrets() {
        return List.of(App.SECRET, App.TOKEN, App.AES_KEY, "ACCESS-1");
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return reads(
                xml(said, "text").cdata("Content", said.words()).plain("MsgId", said.number()));
    }

    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return hears(said);
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return reads(xml(said, "hologram").plain("MsgId", said.number()));
    }

    @Override
    protected List<? extends Inbound> brings(Kind kind) {
        var said = new Said("", SAID_AT, 1);
        var xml =
                switch (kind) {
                    case IMAGE -> xml(said, "image").cdata("MediaId", "MEDIA-1");
                    case VOICE ->
                            xml(said, "voice").cdata("MediaId", "MEDIA-1").cdata("Format", "amr");
                    case VIDEO ->
                            xml(said, "video")
                                    .cdata("MediaId", "MEDIA-1")
                                    .cdata("ThumbMediaId", "MEDIA-2");
                    case LOCATION ->
                            xml(said, "location")
                                    .cdata("Location_X", "31.23")
                                    .cdata("Location_Y", "121.47")
                                    .cdata("Scale", "15")
                                    .cdata("Label", "人民广场");
                    case LINK ->
                            xml(said, "link")
                                    .cdata("Title", "还款日历")
                                    .cdata("Url", "https://bank.example/calendar");
                    case TEXT, FILE, MINI_PROGRAM, SUGGESTIONS, TEMPLATE, NATIVE, EVENT ->
                            throw new AssertionError("no sample of " + kind);
                };
        return reads(xml.plain("MsgId", kind.ordinal()));
    }

    @Override
    protected List<? extends Inbound> happens(Instant at) {
        return reads(xml(new Said("", at, 0), "event").cdata("Event", "subscribe"));
    }

    @Override
    protected List<? extends Inbound> happensToo(Instant at) {
        return reads(xml(new Said("", at, 0), "event").cdata("Event", "enter_agent"));
    }

    /**
     * The platform tells of what members were asked to send; of anything else only that it took it.
     */
    @Override
    protected OutboundMessage reportedOn() {
        return new OutboundMessage(
                UUID.randomUUID().toString(),
                new Address("wecom", "demo", App.CUSTOMER),
                Author.BOT,
                new Content.Native(
                        "add_msg_template",
                        Map.of("text", Map.of("content", "您好"), "sender", App.MEMBER)));
    }

    /** Whoever asks an hour later learns that the member has confirmed it, and how it went. */
    @Override
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        assertThat(outcome).isNotEqualTo(Receipt.Outcome.READ);
        app.platform.answer(
                TASKS + "add_msg_template",
                "{\"errcode\":0,\"errmsg\":\"ok\",\"fail_list\":[],\"msgid\":\"TASK-%s\"}"
                        .formatted(UUID.randomUUID()));
        app.platform.answer(
                TASKS + "get_groupmsg_task",
                "{\"errcode\":0,\"errmsg\":\"ok\",\"task_list\":[{\"userid\":\"%s\",\"status\":2}]}"
                        .formatted(App.MEMBER));
        app.platform.answer(
                TASKS + "get_groupmsg_send_result",
                "{\"errcode\":0,\"errmsg\":\"ok\",\"send_list\":[{\"external_userid\":\"%s\",\"status\":%d}]}"
                        .formatted(App.CUSTOMER, outcome == Receipt.Outcome.DELIVERED ? 1 : 2));
        var id = sending.get();
        var told = new ArrayList<Inbound>();
        var later = App.NOW.plus(Duration.ofHours(1));
        new TaskPolls(
                        app.channel,
                        tasks(later),
                        inbound -> Mono.fromRunnable(() -> told.addAll(inbound)),
                        "wecom",
                        Clock.fixed(later, ZoneOffset.UTC))
                .round()
                .block(App.PATIENCE);
        return told.stream()
                .filter(Receipt.class::isInstance)
                .map(Receipt.class::cast)
                .filter(receipt -> receipt.platformId().equals(id))
                .toList();
    }

    private static XmlWriter xml(Said said, String type) {
        return new XmlWriter()
                .cdata("ToUserName", App.CORP)
                .cdata("FromUserName", App.MEMBER)
                .plain("CreateTime", said.at().getEpochSecond())
                .cdata("MsgType", type);
    }

    private List<Inbound> reads(XmlWriter xml) {
        return Objects.requireNonNull(
                        app.channel.read(App.callback(xml.toXml())).block(App.PATIENCE))
                .inbound();
    }

    @Override
    protected AddressCheck handshake() {
        var stranger = new MessageCrypt("another-token", App.AES_KEY, App.CORP);
        return (new Handshake(
                App.check(App.crypt(), "5927782489442352469"),
                "5927782489442352469",
                App.check(stranger, "5927782489442352469")));
    }

    @Override
    protected Callback calls(Said said) {
        return App.callback(
                xml(said, "text")
                        .cdata("Content", said.words())
                        .plain("MsgId", said.number())
                        .toXml());
    }

    @Override
    protected Proof proof() {
        var xml = "<xml><MsgType>text</MsgType></xml>";
        return new Proof.OfEachCallback(
                Set.of("msg_signature", "timestamp", "nonce"),
                true,
                null,
                App.sealed(new MessageCrypt("other", App.AES_KEY, App.CORP), xml),
                App.sealed(new MessageCrypt(App.TOKEN, App.AES_KEY, "ww-other"), xml));
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        return List.of(
                callback(
                        "plain",
                        App.callback(App.query("0"), "<xml><MsgType>text</MsgType></xml>")));
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                callback("nothing", App.callback(App.query("0"), "")),
                callback("not XML", App.callback(App.query("0"), "{\"a\":1}")),
                callback("not XML inside", App.callback("hello")),
                callback(
                        "far too deep",
                        App.callback("<a>".repeat(10_000) + "</a>".repeat(10_000))));
    }

    @Override
    protected void platformTakes() {
        app.takesEverything();
    }

    @Override
    protected int taken() {
        return app.platform.requests(App.SEND).size();
    }

    @Override
    protected Line line() {
        return new Line.Http(app.platform, App.SEND);
    }

    /** Those that begin with 95 are of 微信客服. */
    @Override
    protected ErrorCodes errorCodes() {
        return CorpCodes.table(code -> code / 1000 != 95, this::refuses);
    }

    /** A minute goes by, or it would be too much for one member. */
    private void refuses(String code) {
        app.clock.advance(Duration.ofMinutes(2));
        app.platform.answer(App.SEND, "{\"errcode\":" + code + ",\"errmsg\":\"no\"}");
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                code(-1, Unavailable.class),
                code(42001, Blocked.class),
                code(45009, Throttled.class),
                code(48002, Blocked.class),
                code(60020, Blocked.class),
                code(81013, Unreachable.class),
                code(40058, Refused.class),
                code(77777, Refused.class),
                new Failure(
                        "invaliduser",
                        () ->
                                app.platform.answer(
                                        App.SEND,
                                        "{\"errcode\":0,\"errmsg\":\"ok\",\"invaliduser\":\""
                                                + App.MEMBER
                                                + "\",\"msgid\":\"MSG-1\"}"),
                        Unreachable.class));
    }

    private Failure code(int code, Class<? extends DeliveryException> becomes) {
        var known = Integer.toString(code);
        return new Failure(known, () -> refuses(known), becomes);
    }

    @Override
    protected Set<String> otherApis() {
        return Set.of("get", "gettoken", "send-welcome-msg", "upload");
    }

    /** Members can always be written to. */
    @Override
    protected Set<WindowRule> windows() {
        return Set.of();
    }

    @Override
    protected Content nativeSample() {
        return new Content.Native(
                "textcard",
                Map.of("title", "领奖通知", "description", "请领取", "url", "https://bank.example"));
    }

    /** What members are asked to send goes another way. */
    @Override
    protected List<Content> furtherSamples() {
        return List.of(
                new Content.Native("add_msg_template", Map.of("text", Map.of("content", "您好"))));
    }
}
