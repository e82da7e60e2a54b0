package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.aliyun.AliyunProvider;
import io.guanjia.adapters.sms.aliyun.AliyunSettings;
import io.guanjia.adapters.sms.tencent.TencentProvider;
import io.guanjia.adapters.sms.tencent.TencentSettings;
import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.PhoneNumber;
import io.guanjia.gateway.message.Receipt;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads every callback that others have published and shows that nothing is lost: one thing for
 * each entry, none of them unreadable, each value in the typed content, its address, ids, time and
 * reason or else one of few that the whole entry is kept for; and answers as the provider wants.
 */
class InboundConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private int entries;
    private int receipts;
    private int values;
    private int typed;
    private final Set<String> untyped = new TreeSet<>();

    @Test
    void readsEverySampleOfAliyunWithoutLoss() throws IOException {
        var account =
                Accounts.bind(
                        "sms-aliyun",
                        AliyunSettings.class,
                        Map.of(
                                "name", "main",
                                "access-key-id", "id",
                                "access-key-secret", "secret",
                                "sign-name", "示例签名",
                                "callback-key", Accounts.KEY),
                        Map.of());
        try (var channel =
                new SmsChannel<>(new AliyunProvider(Clock.systemUTC()), account.accounts())) {
            readAll(channel, "doc-shaped/sms-aliyun");
        }
        // Our own number and signature, our own id, and what success has besides.
        assertThat(untyped)
                .isSubsetOf(
                        "dest_code",
                        "sign_name",
                        "send_time",
                        "out_id",
                        "sms_size",
                        "success",
                        "err_msg");
        assertThat(typed * 100).isGreaterThanOrEqualTo(values * 55);
        assertThat(entries).isGreaterThanOrEqualTo(Fixtures.least(9));
        assertThat(receipts).isGreaterThanOrEqualTo(Fixtures.least(4));
    }

    @Test
    void readsEverySampleOfTencentWithoutLoss() throws IOException {
        var account =
                Accounts.bind(
                        "sms-tencent",
                        TencentSettings.class,
                        Map.of(
                                "name", "main",
                                "secret-id", "id",
                                "secret-key", "secret",
                                "sms-sdk-app-id", "1400006666",
                                "sign-name", "示例签名",
                                "callback-key", Accounts.KEY),
                        Map.of());
        try (var channel =
                new SmsChannel<>(new TencentProvider(Clock.systemUTC()), account.accounts())) {
            readAll(channel, "doc-shaped/sms-tencent");
        }
        // Our own signature, and what success has besides.
        assertThat(untyped).isSubsetOf("sign", "report_status", "errmsg", "description");
        assertThat(typed * 100).isGreaterThanOrEqualTo(values * 65);
        assertThat(entries).isGreaterThanOrEqualTo(Fixtures.least(5));
        assertThat(receipts).isGreaterThanOrEqualTo(Fixtures.least(4));
    }

    /** All but the answers to what we send, which {@link AnswerConformanceTest} reads. */
    private void readAll(Channel channel, String folder) throws IOException {
        int acknowledgements = 0;
        for (var sample : Fixtures.files(folder)) {
            var name = sample.getFileName().toString();
            if (name.startsWith("SendSms")) {
                continue;
            }
            if (name.equals("ack_required.json")) {
                assertThat(acknowledgement(channel)).isEqualTo(Fixtures.json(sample));
                acknowledgements++;
            } else {
                read(channel, name, Files.readString(sample));
            }
        }
        System.out.printf(
                "conformance: %s %d entries read without loss, %d of them receipts;"
                        + " %d values, %d in typed content, the rest of %s%n",
                channel.name(), entries, receipts, values, typed, untyped);
        assertThat(acknowledgements).isEqualTo(Fixtures.least(1));
    }

    private static JsonNode acknowledgement(Channel channel) {
        var reading = channel.read(callback(channel, "[]")).block(Duration.ofSeconds(10));

        assertThat(reading).isNotNull();
        return JSON.readTree(new String(reading.answers().acknowledgement().body(), UTF_8));
    }

    private void read(Channel channel, String sample, String body) {
        var document = JSON.readTree(body);
        List<JsonNode> expected =
                document.isArray() ? document.valueStream().toList() : List.of(document);
        var reading = channel.read(callback(channel, body)).block(Duration.ofSeconds(10));

        assertThat(reading).as(sample).isNotNull();
        assertThat(reading.inbound()).as(sample).hasSameSizeAs(expected);
        for (var at = 0; at < expected.size(); at++) {
            account(sample, expected.get(at), reading.inbound().get(at));
        }
    }

    private void account(String sample, JsonNode entry, Inbound inbound) {
        entries++;
        assertThat(inbound.from().party()).as(sample).startsWith("+86137");
        switch (inbound) {
            case Receipt receipt -> {
                receipts++;
                assertThat(JSON.readTree(receipt.raw())).as(sample).isEqualTo(entry);
            }
            case InboundMessage message -> {
                assertThat(JSON.readTree(message.raw())).as(sample).isEqualTo(entry);
                assertThat(message.content()).as(sample).isInstanceOf(Content.Text.class);
            }
        }
        var texts = texts(inbound);
        for (var field : entry.properties()) {
            var value = field.getValue().asString();
            if (!value.isBlank()) {
                values++;
                if (texts.contains(value)) {
                    typed++;
                } else {
                    untyped.add(field.getKey());
                }
            }
        }
    }

    /** All that it says; of the number also its parts, and the time in the providers' writing. */
    private static Set<String> texts(Inbound inbound) {
        var texts = new HashSet<String>();
        collect(JSON.valueToTree(inbound), texts);
        texts.add("86");
        texts.add(PhoneNumber.digits(inbound.from().party()));
        var at =
                switch (inbound) {
                    case InboundMessage message -> message.sentAt();
                    case Receipt receipt -> receipt.at();
                };
        texts.add(WRITTEN.format(at));
        texts.add(Long.toString(at.getEpochSecond()));
        if (inbound instanceof Receipt receipt && receipt.reason() != null) {
            texts.addAll(List.of(receipt.reason().split(" ")));
        }
        return texts;
    }

    private static void collect(JsonNode node, Set<String> texts) {
        if (node.isContainer()) {
            node.values().forEach(child -> collect(child, texts));
        } else {
            texts.add(node.asString(""));
        }
    }

    private static Callback callback(Channel channel, String body) {
        return new Callback(
                channel.name(),
                "main",
                Map.of("key", Accounts.KEY),
                "application/json",
                body.getBytes(UTF_8),
                Instant.parse("2026-03-02T08:30:20Z"));
    }
}
