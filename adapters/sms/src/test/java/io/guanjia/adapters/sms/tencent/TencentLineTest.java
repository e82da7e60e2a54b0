package io.guanjia.adapters.sms.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class TencentLineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-02T15:30:15Z"), ZoneOffset.UTC);

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void sendsWordsByTheAccountsOwnTemplate() {
        platform.answer("/", Samples.taken());

        assertThat(deliver(channel(Map.of("extend-code", "10")), new Content.Text("您好")))
                .isEqualTo(new Accepted("2019:1"));

        var request = platform.requests("/").getFirst();
        assertThat(request.text())
                .isEqualTo(
                        "{\"PhoneNumberSet\":[\"+8613700000001\"],\"SmsSdkAppId\":\"1400006666\","
                                + "\"SignName\":\"小管家银行\",\"TemplateId\":\"1110\","
                                + "\"TemplateParamSet\":[\"您好\"],\"SessionContext\":\"d1\","
                                + "\"ExtendCode\":\"10\"}");
        assertThat(request.headers())
                .containsEntry("x-tc-action", "SendSms")
                .containsEntry("x-tc-version", "2021-01-11")
                .containsEntry("x-tc-region", "ap-guangzhou")
                .containsEntry("x-tc-timestamp", "1772465415")
                .containsEntry("content-type", "application/json; charset=utf-8")
                .containsEntry("host", platform.address().getAuthority());
    }

    @Test
    void putsTheParametersOfATemplateInOrder() {
        platform.answer("/", Samples.taken());
        var data = new HashMap<String, String>();
        for (var number = 1; number <= 12; number++) {
            data.put("" + number, "v" + number);
        }

        deliver(channel(Map.of()), template(data));

        assertThat(platform.requests("/").getFirst().json().path("TemplateParamSet").toString())
                .isEqualTo(
                        "[\"v1\",\"v2\",\"v3\",\"v4\",\"v5\",\"v6\",\"v7\",\"v8\",\"v9\",\"v10\","
                                + "\"v11\",\"v12\"]");
    }

    @Test
    void doesNotGuessTheOrderOfParameters() {
        var channel = channel(Map.of());

        assertThatThrownBy(() -> deliver(channel, template(Map.of("name", "李雷", "amount", "100"))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("numbered");
        assertThatThrownBy(() -> deliver(channel, template(Map.of("1", "李雷", "3", "100"))))
                .isInstanceOf(Refused.class);
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void judgesTheNumberByItselfWhereTheCallSucceeded() {
        platform.answer(
                "/",
                """
                {"Response":{"SendStatusSet":[
                  {"SerialNo":"2019:7","PhoneNumber":"+8613700000002","Code":"Ok"},
                  {"SerialNo":"","PhoneNumber":"+8613700000001",
                   "Code":"LimitExceeded.PhoneNumberThirtySecondLimit"}],"RequestId":"r"}}
                """);

        assertThatThrownBy(() -> deliver(channel(Map.of()), new Content.Text("您好")))
                .isInstanceOf(Throttled.class);
    }

    @Test
    void letsAPromotionWaitForTheMorning() {
        platform.answer("/", Samples.status("FailedOperation.MarketingSendTimeConstraint", ""));

        assertThatThrownBy(() -> deliver(channel(Map.of()), template(Map.of("1", "新品"))))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> {
                            assertThat(throttled.isAlone()).isTrue();
                            assertThat(throttled.retryAfter())
                                    .isEqualTo(Duration.parse("PT8H29M45S"));
                        });
    }

    @Test
    void doesNotClaimToSendWordsWithoutATemplateForThem() {
        var account = channel(Map.of("text-template", "")).accounts().iterator().next();

        assertThat(account.capabilities().sends()).containsOnlyKeys(Kind.TEMPLATE);
    }

    private static Content template(Map<String, String> data) {
        return new Content.Template(Content.Template.Kind.NOTIFICATION, "1111", null, null, data);
    }

    private SmsChannel<TencentAccount> channel(Map<String, String> changes) {
        var settings = new HashMap<>(changes);
        settings.put("api-base", platform.address().toString());
        return new SmsChannel<>(new TencentProvider(CLOCK), List.of(Samples.account(settings)));
    }

    private static Accepted deliver(SmsChannel<TencentAccount> channel, Content content) {
        var to = new Address("sms-tencent", "main", "+8613700000001");
        var accepted =
                channel.deliver(new OutboundMessage("d1", to, Author.BOT, content)).block(PATIENCE);
        assertThat(accepted).isNotNull();
        return accepted;
    }
}
