package io.guanjia.adapters.weibo;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.FakePlatform;
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

import org.junit.jupiter.api.AfterEach;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

@ContractOf("weibo")
class WeiboContractTest extends ChannelContract {

    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.US)
                    .withZone(ZoneOffset.ofHours(8));

    private final FakePlatform platform = new FakePlatform();
    private final WeiboChannel channel =
            Accounts.channel(Map.of("api-base", platform.address().toString(), "timeout", "500ms"));

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
                    case EVENT -> "event_follow";
                    case TEXT, VIDEO, FILE, LINK, MINI_PROGRAM, SUGGESTIONS, TEMPLATE, NATIVE ->
                            throw new AssertionError("no sample of " + kind);
                };
        return Objects.requireNonNull(
                        channel.read(Callbacks.signed(Callbacks.sample(sample))).block())
                .inbound();
    }

    private List<Inbound> read(String type, Said said, String nonce) {
        var timestamp = Long.toString(said.at().toEpochMilli() + nonce.length());
        var callback = Callbacks.callback(Callbacks.query(timestamp, nonce), body(type, said));
        return Objects.requireNonNull(channel.read(callback).block()).inbound();
    }

    private static String body(String type, Said said) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", type)
                .put("receiver_id", Long.parseLong(Accounts.UID))
                .put("sender_id", Long.parseLong(Accounts.CUSTOMER))
                .put("created_at", CREATED_AT.format(said.at()))
                .put("text", said.words())
                .set("data", JsonMapper.shared().createObjectNode())
                .toString();
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

    /** The signature covers nothing of the body: an altered one cannot be told. */
    @Override
    protected List<Attempt> forgeries() {
        var body = body("text", new Said("转账给我", Instant.EPOCH, 1));
        var unsigned = Callbacks.query("1", "2");
        unsigned.remove("signature");
        var altered = Callbacks.query("1", "2");
        altered.put("timestamp", "3");
        var wrong = Callbacks.query("1", "2");
        wrong.put("signature", "0".repeat(40));
        return List.of(
                callback("not signed", Callbacks.callback(unsigned, body)),
                callback("another timestamp", Callbacks.callback(altered, body)),
                callback("signed by another", Callbacks.callback(wrong, body)),
                callback(
                        "for another account",
                        Callbacks.signed(body.replace(Accounts.UID, "5011223345"))));
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
        platform.answer(FansServiceApi.PATH, "{\"result\":true}");
    }

    @Override
    protected int taken() {
        return platform.requests(FansServiceApi.PATH).size();
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
                status(429, Throttled.class),
                status(500, Unavailable.class),
                status(502, OutcomeUnknown.class),
                status(504, OutcomeUnknown.class),
                new Failure(
                        "silence", () -> platform.hangs(FansServiceApi.PATH), OutcomeUnknown.class),
                new Failure(
                        "something else",
                        () -> platform.answer(FansServiceApi.PATH, "<html>"),
                        OutcomeUnknown.class),
                new Failure(
                        "result false",
                        () -> platform.answer(FansServiceApi.PATH, "{\"result\":false}"),
                        Refused.class));
    }

    private Failure code(int code, Class<? extends DeliveryException> becomes) {
        var error =
                "{\"request\":\"/2/messages/reply.json\",\"error_code\":%d,\"error\":\"%s %s\"}"
                        .formatted(code, Accounts.TOKEN, Accounts.CUSTOMER);
        return new Failure(
                Integer.toString(code),
                () ->
                        platform.script(
                                FansServiceApi.PATH,
                                (request, response) ->
                                        FakePlatform.json(response.status(400), error)),
                becomes);
    }

    private Failure status(int status, Class<? extends DeliveryException> becomes) {
        return new Failure(
                "HTTP " + status, () -> platform.status(FansServiceApi.PATH, status), becomes);
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
