package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.aliyun.AliyunProvider;
import io.guanjia.adapters.sms.aliyun.AliyunSettings;
import io.guanjia.adapters.sms.tencent.TencentProvider;
import io.guanjia.adapters.sms.tencent.TencentSettings;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sends against every answer of SendSms that others have published and shows that the verdict on
 * each number is understood: the id that a report will name, or what comes of the message.
 */
class AnswerConformanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-02T08:30:15Z"), ZoneOffset.UTC);

    private static final Map<String, Class<? extends DeliveryException>> ALIYUN =
            Map.of(
                    "isp.RAM_PERMISSION_DENY", Blocked.class,
                    "isp.SYSTEM_ERROR", Unavailable.class,
                    "isv.AMOUNT_NOT_ENOUGH", Blocked.class,
                    "isv.BLACK_KEY_CONTROL_LIMIT", Refused.class,
                    "isv.BUSINESS_LIMIT_CONTROL", Throttled.class,
                    "isv.DAY_LIMIT_CONTROL", Blocked.class,
                    "isv.MOBILE_NUMBER_ILLEGAL", Unreachable.class,
                    "isv.OUT_OF_SERVICE", Blocked.class,
                    "isv.SMS_SIGNATURE_ILLEGAL", Blocked.class,
                    "isv.SMS_TEMPLATE_ILLEGAL", Blocked.class);

    private static final Map<String, Class<? extends DeliveryException>> TENCENT =
            Map.of(
                    "FailedOperation.SignatureIncorrectOrUnapproved", Blocked.class,
                    "LimitExceeded.PhoneNumberThirtySecondLimit", Throttled.class);

    private final FakePlatform platform = new FakePlatform();
    private int verdicts;

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void understandsEveryAnswerOfAliyun() throws IOException {
        var settings =
                Accounts.bind(
                        "sms-aliyun",
                        AliyunSettings.class,
                        Map.of(
                                "name", "main",
                                "access-key-id", "id",
                                "access-key-secret", "secret",
                                "sign-name", "示例签名",
                                "text-template", "SMS_100000001",
                                "callback-key", Accounts.KEY),
                        Map.of("api-base", platform.address().toString()));
        try (var channel = new SmsChannel<>(new AliyunProvider(CLOCK), settings.accounts())) {
            for (var file : answers("doc-shaped/sms-aliyun")) {
                var answer = Fixtures.json(file);
                var code = answer.get("Code").asString();
                var sent = send(channel, "+8613700000001", answer);
                if (code.equals("OK")) {
                    sent.wasTakenAs(answer.get("BizId").asString());
                } else {
                    sent.failedAs(ALIYUN, code);
                }
            }
        }
        System.out.printf("conformance: %d verdicts of sms-aliyun understood%n", verdicts);
        assertThat(verdicts).isGreaterThanOrEqualTo(Fixtures.least(11));
    }

    /** One answer may judge several numbers; ours finds its own. */
    @Test
    void understandsEveryAnswerOfTencent() throws IOException {
        var settings =
                Accounts.bind(
                        "sms-tencent",
                        TencentSettings.class,
                        Map.of(
                                "name", "main",
                                "secret-id", "id",
                                "secret-key", "secret",
                                "sms-sdk-app-id", "1400006666",
                                "sign-name", "示例签名",
                                "text-template", "1110",
                                "callback-key", Accounts.KEY),
                        Map.of("api-base", platform.address().toString()));
        try (var channel = new SmsChannel<>(new TencentProvider(CLOCK), settings.accounts())) {
            for (var file : answers("doc-shaped/sms-tencent")) {
                var answer = Fixtures.json(file);
                var error = answer.at("/Response/Error/Code").asString("");
                if (!error.isEmpty()) {
                    send(channel, "+8613700000001", answer).failedAs(TENCENT, error);
                }
                for (var status : answer.at("/Response/SendStatusSet")) {
                    var code = status.get("Code").asString();
                    var sent = send(channel, status.get("PhoneNumber").asString(), answer);
                    if (code.equals("Ok")) {
                        sent.wasTakenAs(status.get("SerialNo").asString());
                    } else {
                        sent.failedAs(TENCENT, code);
                    }
                }
            }
        }
        System.out.printf("conformance: %d verdicts of sms-tencent understood%n", verdicts);
        assertThat(verdicts).isGreaterThanOrEqualTo(Fixtures.least(3));
    }

    private static List<Path> answers(String folder) throws IOException {
        return Fixtures.files(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith("SendSms"))
                .toList();
    }

    /** What became of one message. */
    private record Sent(@Nullable Accepted accepted, @Nullable Throwable failure) {

        void wasTakenAs(String id) {
            assertThat(failure).isNull();
            assertThat(accepted).isEqualTo(new Accepted(id));
        }

        void failedAs(Map<String, Class<? extends DeliveryException>> failures, String code) {
            assertThat(failure)
                    .as(code)
                    .isExactlyInstanceOf(Objects.requireNonNull(failures.get(code), code))
                    .hasMessageStartingWith(code + " ");
        }
    }

    private Sent send(Channel channel, String number, JsonNode answer) {
        verdicts++;
        platform.answer("/", answer.toString());
        var message =
                new OutboundMessage(
                        "d1",
                        new Address(channel.name(), "main", number),
                        Author.BOT,
                        new Content.Text("您好"));
        var outcome =
                Objects.requireNonNull(channel.deliver(message).materialize().block(PATIENCE));
        return new Sent(outcome.get(), outcome.getThrowable());
    }
}
