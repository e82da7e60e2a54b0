package io.guanjia.adapters.sms.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class AliyunLineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-02T08:30:15Z"), ZoneOffset.UTC);
    private static final Content WORDS = new Content.Text("您好，【账单】已出 & 请还款");
    private static final Content TEMPLATE =
            new Content.Template(
                    Content.Template.Kind.NOTIFICATION,
                    "SMS_200000002",
                    null,
                    null,
                    Map.of("name", "李雷"));

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void sendsWordsByTheAccountsOwnTemplate() {
        platform.answer("/", "{\"Code\":\"OK\",\"BizId\":\"9000^0\"}");

        assertThat(deliver(channel(Map.of()), WORDS)).isEqualTo(new Accepted("9000^0"));

        assertThat(sent())
                .containsEntry("PhoneNumbers", "13700000001")
                .containsEntry("SignName", "小管家银行")
                .containsEntry("TemplateCode", "SMS_100000001")
                .containsEntry("TemplateParam", "{\"content\":\"您好，【账单】已出 & 请还款\"}")
                .containsEntry("OutId", "d1")
                .doesNotContainKey("SmsUpExtendCode");
        var headers = platform.requests("/").getFirst().headers();
        assertThat(headers)
                .containsEntry("x-acs-action", "SendSms")
                .containsEntry("x-acs-version", "2017-05-25")
                .containsEntry("x-acs-date", "2026-03-02T08:30:15Z")
                .containsEntry("host", platform.address().getAuthority());
    }

    @Test
    void sendsATemplateWithItsData() {
        platform.answer("/", "{\"Code\":\"OK\",\"BizId\":\"9000^0\"}");

        deliver(channel(Map.of("sms-up-extend-code", "90999")), TEMPLATE);

        assertThat(sent())
                .containsEntry("TemplateCode", "SMS_200000002")
                .containsEntry("TemplateParam", "{\"name\":\"李雷\"}")
                .containsEntry("SmsUpExtendCode", "90999");
    }

    @Test
    void doesNotClaimToSendWordsWithoutATemplateForThem() {
        var channel = channel(Map.of("text-template", ""));
        var account = channel.accounts().iterator().next();

        assertThat(account.capabilities().sends()).containsOnlyKeys(Kind.TEMPLATE);
        assertThat(account.capabilities().initiative()).isEqualTo(Initiative.CONSENT);
        assertThat(account.pace()).containsOnlyKeys("send-template");
        assertThatThrownBy(() -> deliver(channel, WORDS)).isInstanceOf(Refused.class);
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void shutsOnlyPlainWordsWhenTheirTemplateIsNotApproved() {
        platform.answer("/", "{\"Code\":\"isv.SMS_TEMPLATE_ILLEGAL\",\"Message\":\"\"}");
        var channel = channel(Map.of());

        assertThatThrownBy(() -> deliver(channel, WORDS))
                .isInstanceOfSatisfying(
                        Blocked.class, blocked -> assertThat(blocked.api()).isEqualTo("send-text"));
        assertThatThrownBy(() -> deliver(channel, TEMPLATE)).isInstanceOf(Refused.class);
        assertThat(channel.health("main").collectList().block(PATIENCE))
                .containsExactly(HealthSign.ill("template", "rejected"));
    }

    @Test
    void isWellAgainWhenAMessageIsTaken() {
        platform.answers(
                "/", "{\"Code\":\"isv.OUT_OF_SERVICE\"}", "{\"Code\":\"OK\",\"BizId\":\"9000^0\"}");
        var channel = channel(Map.of());

        assertThatThrownBy(() -> deliver(channel, WORDS))
                .isInstanceOf(Blocked.class)
                .hasMessage("isv.OUT_OF_SERVICE 业务停机");
        assertThat(channel.health("main").collectList().block(PATIENCE))
                .containsExactly(HealthSign.ill("balance", "empty"));
        deliver(channel, WORDS);
        assertThat(channel.health("main").collectList().block(PATIENCE)).isEmpty();
    }

    @Test
    void worksWithOtherAccountsOnceTold() {
        platform.answer("/", "{\"Code\":\"OK\",\"BizId\":\"9000^0\"}");
        var channel = channel(Map.of());
        assertThat(channel.fromSettings()).hasSize(1);

        channel.replaceAccounts(List.of());

        assertThatThrownBy(() -> deliver(channel, WORDS)).isInstanceOf(Blocked.class);
        channel.replaceAccounts(channel.fromSettings());
        assertThat(deliver(channel, WORDS)).isEqualTo(new Accepted("9000^0"));
        assertThatThrownBy(
                        () ->
                                channel.replaceAccounts(
                                        List.of(
                                                channel.fromSettings().getFirst(),
                                                channel.fromSettings().getFirst())))
                .hasMessage(
                        "guanjia.channels.sms-aliyun.accounts[1].name is taken by another account;"
                                + " names must differ");
    }

    private SmsChannel<AliyunAccount> channel(Map<String, String> changes) {
        var settings = new java.util.HashMap<>(changes);
        settings.put("api-base", platform.address().toString());
        return new SmsChannel<>(new AliyunProvider(CLOCK), List.of(Samples.account(settings)));
    }

    private static Accepted deliver(SmsChannel<AliyunAccount> channel, Content content) {
        var to = new Address("sms-aliyun", "main", "+8613700000001");
        var accepted =
                channel.deliver(new OutboundMessage("d1", to, Author.BOT, content)).block(PATIENCE);
        assertThat(accepted).isNotNull();
        return accepted;
    }

    private Map<String, String> sent() {
        return new QueryStringDecoder(platform.requests("/").getFirst().query(), false)
                .parameters().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, one -> one.getValue().getFirst()));
    }
}
