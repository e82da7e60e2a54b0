package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.aliyun.AliyunProvider;
import io.guanjia.adapters.sms.aliyun.AliyunSettings;
import io.guanjia.adapters.sms.tencent.TencentProvider;
import io.guanjia.adapters.sms.tencent.TencentSettings;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Reads every callback that others have published and shows that nothing is lost: one thing for
 * each entry, none of them unreadable, and the whole entry kept with it.
 */
class InboundConformanceTest {

    private static final Path FIXTURES =
            Path.of(System.getProperty("guanjia.fixtures", "none"), "doc-shaped");
    private static final JsonMapper JSON = JsonMapper.shared();

    private int entries;
    private int receipts;
    private int refusals;

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
            readAll(channel, "SmsUp", "SmsReport");
        }
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
            readAll(channel, "reply", "status");
        }
    }

    private void readAll(Channel channel, String... kinds) throws IOException {
        for (var sample : samples(channel.name(), List.of(kinds))) {
            var body = Files.readString(sample);
            var document = JSON.readTree(body);
            List<JsonNode> expected =
                    document.isArray() ? document.valueStream().toList() : List.of(document);
            var reading = channel.read(callback(channel, body)).block(Duration.ofSeconds(10));

            assertThat(reading).as(sample.toString()).isNotNull();
            assertThat(reading.inbound()).as(sample.toString()).hasSameSizeAs(expected);
            for (var at = 0; at < expected.size(); at++) {
                account(sample.toString(), expected.get(at), reading.inbound().get(at));
            }
        }
        System.out.printf(
                "conformance: %s %d entries read without loss, %d of them receipts, %d refusals%n",
                channel.name(), entries, receipts, refusals);
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
                if (OptOutWords.usual().match(((Content.Text) message.content()).body())) {
                    refusals++;
                }
            }
        }
    }

    private static List<Path> samples(String channel, List<String> kinds) throws IOException {
        var folder = FIXTURES.resolve(channel);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(
                            file ->
                                    kinds.stream()
                                            .anyMatch(
                                                    kind ->
                                                            file.getFileName()
                                                                    .toString()
                                                                    .startsWith(kind)))
                    .sorted()
                    .toList();
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
