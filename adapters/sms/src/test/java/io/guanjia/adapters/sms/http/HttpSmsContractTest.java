package io.guanjia.adapters.sms.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.Accounts;
import io.guanjia.adapters.sms.ErrorTable;
import io.guanjia.adapters.sms.Sha256;
import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@ContractOf("sms-http")
class HttpSmsContractTest extends SmsContract {

    private static final String SECRET = "a-secret-of-both-sides";
    private static final String PATH = "/v1/messages";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SmsChannel<HttpSmsAccount> channel =
            channel(Map.of("callback-key", Accounts.KEY));
    private final SmsChannel<HttpSmsAccount> signing = channel(Map.of());

    @AfterEach
    void close() {
        channel.close();
        signing.close();
    }

    private SmsChannel<HttpSmsAccount> channel(Map<String, String> changes) {
        var usual = new HashMap<String, String>();
        usual.put("name", "main");
        usual.put("api-base", platform.address() + "/v1");
        usual.put("secret", SECRET);
        usual.put("sign-name", "小管家银行");
        usual.put("timeout", "1s");
        return new SmsChannel<>(
                new HttpSmsProvider(CLOCK),
                Accounts.bind("sms-http", HttpSmsSettings.class, usual, changes).accounts());
    }

    @Override
    protected Channel channel() {
        return channel;
    }

    @Override
    protected List<String> secrets() {
        return List.of(SECRET, Accounts.KEY);
    }

    @Override
    protected String body(Said said) {
        return """
        {"type":"message","id":"m-%d","from":"+8613700000001","text":"%s","at":"%s"}
        """
                .formatted(said.number(), said.words(), said.at());
    }

    @Override
    protected String unknownType(Said said) {
        return "{\"type\":\"picture\",\"from\":\"+8613700000001\",\"url\":\"https://mms.example\"}";
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        var body = body(new Said("转账", NOW, 1));
        var forgeries = new ArrayList<>(super.furtherForgeries());
        forgeries.add(signed("not signed", Map.of(), body));
        forgeries.add(signed("another signature", seal(NOW.getEpochSecond(), body + " "), body));
        forgeries.add(signed("an old one", seal(NOW.getEpochSecond() - 601, body), body));
        forgeries.add(signed("from the future", seal(NOW.getEpochSecond() + 601, body), body));
        return forgeries;
    }

    private Attempt signed(String what, Map<String, String> query, String body) {
        return new Attempt(
                what,
                () -> signing.read(call(query, body)).block(PATIENCE),
                CallbackRejected.class);
    }

    private static Map<String, String> seal(long timestamp, String body) {
        return Map.of(
                "timestamp",
                Long.toString(timestamp),
                "signature",
                Sha256.hexHmac(SECRET.getBytes(StandardCharsets.UTF_8), timestamp + "\n" + body));
    }

    @Override
    protected String report(String platformId, boolean delivered) {
        return """
        {"type":"report","id":"%s","to":"13700000001","status":"%s","reason":"空号",
         "at":"2026-03-02T16:30:18+08:00"}
        """
                .formatted(platformId, delivered ? "delivered" : "failed");
    }

    @Override
    protected void platformTakes() {
        platform.answer(PATH, "{\"id\":\"p-1\"}");
    }

    @Override
    protected int taken() {
        return platform.requests(PATH).size();
    }

    @Override
    protected String path() {
        return PATH;
    }

    @Override
    protected ErrorTable errorTable() {
        return HttpSmsErrors.TABLE;
    }

    @Override
    protected String unheardOf() {
        return "never-heard-of";
    }

    @Override
    protected void refuses(String code) {
        platform.answer(PATH, "{\"code\":\"" + code + "\"}");
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                code("busy", Unavailable.class),
                code("unclear", OutcomeUnknown.class),
                code("too-fast", Throttled.class),
                code("number-per-minute", Throttled.class),
                code("number-per-hour", Throttled.class),
                code("number-per-day", Refused.class),
                code("night", Throttled.class),
                code("unreachable", Unreachable.class),
                code("refused", Refused.class),
                code("sign-name", Blocked.class),
                code("balance", Blocked.class),
                code("unauthorized", Blocked.class),
                code("quota-per-day", Blocked.class),
                code("quota-per-month", Blocked.class),
                code("never-heard-of", Refused.class),
                failure(
                        "no id",
                        () -> platform.answer(PATH, "{\"ok\":true}"),
                        OutcomeUnknown.class));
    }

    private Failure code(String code, Class<? extends DeliveryException> becomes) {
        return failure(code, () -> refuses(code), becomes);
    }

    @Test
    void signsWhatItSends() {
        platformTakes();
        var message = message(new Content.Text("您的账单已生成"));

        channel.deliver(message).block(PATIENCE);

        var request = platform.requests(PATH).getFirst();
        assertThat(request.json().path("id").asString()).isEqualTo(message.deliveryId());
        assertThat(request.json().path("to").asString()).isEqualTo("+8613700000001");
        assertThat(request.json().path("text").asString()).isEqualTo("您的账单已生成");
        assertThat(request.json().path("sign").asString()).isEqualTo("小管家银行");
        var timestamp = Long.toString(NOW.getEpochSecond());
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-sms-timestamp", timestamp)
                .containsEntry(
                        "x-sms-signature",
                        Sha256.hexHmac(
                                SECRET.getBytes(StandardCharsets.UTF_8),
                                timestamp + "\n" + request.text()));
    }

    /** HMAC-SHA256 of "1700000000\n{}" under "key", computed with another implementation. */
    @Test
    void signsAsAnyOtherImplementationDoes() {
        assertThat(new BodySeal("key").of("1700000000", "{}"))
                .isEqualTo("dc69947da92a4b74a8dc1043568a9cd906a846272955d61394a6ff449c53eb36");
    }

    @Test
    void believesASignedCallbackWithoutAKey() {
        var body = body(new Said("在吗", NOW, 1));

        var reading =
                signing.read(call(seal(NOW.getEpochSecond() - 60, body), body)).block(PATIENCE);

        assertThat(reading).isNotNull();
        assertThat(reading.inbound()).hasSize(1);
    }

    @Test
    void readsReports() {
        var reports =
                read(
                                """
                                [{"type":"report","id":"p-1","reference":"d1","to":"13700000001",
                                  "status":"delivered","at":"2026-03-02T16:30:18+08:00"},
                                 {"type":"report","id":"p-2","to":"13700000002",
                                  "status":"failed","reason":"空号","at":"2026-03-02T08:30:19Z"}]
                                """)
                        .stream()
                        .map(Receipt.class::cast)
                        .toList();

        assertThat(reports)
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DELIVERED, Outcome.FAILED);
        assertThat(reports.getFirst().at()).isEqualTo(NOW.minusSeconds(2));
        assertThat(reports.getLast().reason()).isEqualTo("空号");
        assertThat(reports.getFirst().from()).isEqualTo(address());
        assertThat(reports).extracting(Receipt::deliveryId).containsExactly("d1", null);
    }
}
