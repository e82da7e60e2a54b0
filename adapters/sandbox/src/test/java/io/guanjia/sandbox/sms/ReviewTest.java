package io.guanjia.sandbox.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.history.Changes;
import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What reviewers say, as the account's server learns it. */
class ReviewTest {

    private static final Instant NOW = Instant.parse("2026-03-02T04:00:10Z");
    private static final String SECRET = "the-secret";

    private final AliyunDialect aliyun = new AliyunDialect();
    private final TencentDialect tencent = new TencentDialect();

    @Test
    void aliyunTellsOfATemplateByItsCode() {
        var account = account(aliyun);
        var call = aliyunCall("GetSmsTemplate", Map.of("TemplateCode", "SMS_1"), SECRET);

        assertThat(ask(aliyun, call, account).path("TemplateStatus").asString()).isEqualTo("1");
        account.reviewed("SMS_1", Review.IN_REVIEW);
        assertThat(ask(aliyun, call, account).path("TemplateStatus").asString()).isEqualTo("0");
        account.reviewed("SMS_1", Review.REJECTED);
        var rejected = ask(aliyun, call, account);
        assertThat(rejected.path("TemplateStatus").isString()).isTrue();
        assertThat(rejected.path("TemplateStatus").asString()).isEqualTo("2");
        assertThat(rejected.path("AuditInfo").path("RejectInfo").asString()).isNotBlank();
        assertThat(rejected.path("Code").asString()).isEqualTo("OK");
    }

    @Test
    void aliyunTellsOfASignatureByItsName() {
        var account = account(aliyun);
        var call = aliyunCall("GetSmsSign", Map.of("SignName", "小管家银行"), SECRET);

        assertThat(ask(aliyun, call, account).path("SignStatus").asInt(-1)).isEqualTo(1);
        account.signReviewed(Review.IN_REVIEW);
        assertThat(ask(aliyun, call, account).path("SignStatus").asInt(-1)).isZero();
        account.signReviewed(Review.REJECTED);
        assertThat(ask(aliyun, call, account).path("SignStatus").asInt(-1)).isEqualTo(2);
    }

    @Test
    void aliyunKnowsNothingOfWhatWasNeverAppliedFor() {
        var account = account(aliyun);
        account.add(new SmsTemplate("SMS_2", "您好", SmsTemplate.Type.NOTICE));
        var template = aliyunCall("GetSmsTemplate", Map.of("TemplateCode", "SMS_1"), SECRET);
        var sign = aliyunCall("GetSmsSign", Map.of("SignName", "别家银行"), SECRET);

        assertThatThrownBy(() -> aliyun.asked(template, account))
                .isInstanceOf(Refusal.class)
                .hasMessage("isv.SMS_TEMPLATE_ILLEGAL");
        assertThatThrownBy(() -> aliyun.asked(sign, account))
                .isInstanceOf(Refusal.class)
                .hasMessage("isv.SMS_SIGNATURE_ILLEGAL");
    }

    @Test
    void aliyunBelievesOnlyASignedQuestion() {
        var query = Map.of("TemplateCode", "SMS_1");

        assertThat(distrust(aliyunCall("GetSmsTemplate", query, SECRET))).isNull();
        assertThat(distrust(aliyunCall("GetSmsTemplate", query, "another")))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(distrust(aliyunCall("QuerySmsTemplate", query, SECRET)))
                .isEqualTo("InvalidAction.NotFound");
    }

    @Test
    void tencentTellsOfTemplatesByTheirIds() {
        var account = account(tencent);
        account.add(new SmsTemplate("1110", "{1}", SmsTemplate.Type.NOTICE));
        account.add(new SmsTemplate("1111", "您好", SmsTemplate.Type.NOTICE));
        account.add(new SmsTemplate("1112", "您好", SmsTemplate.Type.NOTICE));
        account.reviewed("1111", Review.IN_REVIEW);
        account.reviewed("1112", Review.REJECTED);

        var statuses =
                ask(tencent, tencentCall("[1110,1111,1112,7]"), account)
                        .path("Response")
                        .path("DescribeTemplateStatusSet");

        assertThat(statuses.valueStream().map(one -> one.path("TemplateId").asInt(-1)))
                .containsExactly(1110, 1111, 1112);
        assertThat(statuses.valueStream().map(one -> one.path("StatusCode").asInt(-9)))
                .containsExactly(0, 1, -1);
    }

    @Test
    void tencentTakesNoTextForAnId() {
        var account = account(tencent);

        assertThatThrownBy(() -> tencent.asked(tencentCall("[\"1110\"]"), account))
                .isInstanceOf(Refusal.class)
                .hasMessage("InvalidParameter");
    }

    @Test
    void whatSendsIsNoQuestion() {
        var call = aliyunCall("SendSms", Map.of(), SECRET);

        assertThat(aliyun.asked(call, account(aliyun))).isNull();
    }

    @Test
    void whatIsNotApprovedIsNotSent() {
        var account = account(aliyun);
        var message =
                new Submission(
                        "",
                        List.of("+8613700000001"),
                        "小管家银行",
                        "SMS_1",
                        Map.of("content", "您好"),
                        null);

        account.reviewed("SMS_1", Review.IN_REVIEW);
        assertThatThrownBy(() -> account.sending().submit(message, true))
                .hasMessage("isv.SMS_TEMPLATE_ILLEGAL");
        account.signReviewed(Review.IN_REVIEW);
        assertThatThrownBy(() -> account.sending().submit(message, true))
                .hasMessage("isv.SMS_SIGNATURE_ILLEGAL");

        account.reset();
        assertThat(account.sending().submit(message, false))
                .singleElement()
                .satisfies(result -> assertThat(result.refusal()).isNull());
    }

    private static JsonNode ask(Dialect dialect, Call call, SmsAccount account) {
        var reply = dialect.asked(call, account);
        assertThat(reply).isNotNull();
        assertThat(reply.status()).isEqualTo(200);
        var answer = Json.readObject(reply.json());
        assertThat(answer).isNotNull();
        return answer;
    }

    private @Nullable String distrust(Call call) {
        var refusal = aliyun.distrust(call, account(aliyun), NOW);
        return refusal == null ? null : refusal.code();
    }

    private static Call tencentCall(String ids) {
        return new Call(
                "POST",
                Map.of(),
                Map.of("x-tc-action", "DescribeSmsTemplateList"),
                "{\"International\":0,\"TemplateIdSet\":" + ids + "}");
    }

    /** Signed as the documents say: V3版本请求体&签名机制. */
    private static Call aliyunCall(String action, Map<String, String> query, String secret) {
        var headers = new TreeMap<String, String>();
        headers.put("host", "127.0.0.1");
        headers.put("x-acs-action", action);
        headers.put("x-acs-content-sha256", Digest.sha256(""));
        headers.put("x-acs-date", NOW.toString());
        headers.put("x-acs-signature-nonce", action + secret);
        headers.put("x-acs-version", "2017-05-25");
        var names = String.join(";", headers.keySet());
        var request =
                String.join(
                        "\n",
                        "POST",
                        "/",
                        query.entrySet().stream()
                                .map(
                                        one ->
                                                Digest.percent(one.getKey())
                                                        + "="
                                                        + Digest.percent(one.getValue()))
                                .sorted()
                                .collect(Collectors.joining("&")),
                        headers.entrySet().stream()
                                .map(one -> one.getKey() + ":" + one.getValue() + "\n")
                                .collect(Collectors.joining()),
                        names,
                        Digest.sha256(""));
        var signature =
                Digest.hex(
                        Digest.hmac(
                                secret.getBytes(UTF_8),
                                "ACS3-HMAC-SHA256\n" + Digest.sha256(request)));
        headers.put(
                "authorization",
                "ACS3-HMAC-SHA256 Credential=id,SignedHeaders="
                        + names
                        + ",Signature="
                        + signature);
        return new Call("POST", query, headers, "");
    }

    private static SmsAccount account(Dialect dialect) {
        var around =
                new Surroundings(
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new Changes(),
                        1,
                        "127.0.0.1",
                        () -> URI.create("http://127.0.0.1"),
                        Duration.ZERO,
                        10,
                        10);
        return new SmsAccount(
                "main",
                Map.of("access-key-secret", SECRET, "sign-name", "小管家银行"),
                URI.create("http://127.0.0.1"),
                dialect,
                around,
                new CallbackPoster(dialect.channel()));
    }
}
