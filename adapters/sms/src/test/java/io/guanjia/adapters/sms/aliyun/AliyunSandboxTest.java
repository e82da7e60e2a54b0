package io.guanjia.adapters.sms.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.guanjia.adapters.sms.AgainstTheSandbox;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Content;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.sms.Review;
import io.guanjia.sandbox.sms.SmsTemplate;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Map;

class AliyunSandboxTest extends AgainstTheSandbox<AliyunAccount> {

    @Override
    protected Map<String, String> settings() {
        return Samples.USUAL;
    }

    @Override
    protected String secretKey() {
        return "access-key-secret";
    }

    @Override
    protected SmsProvider<AliyunAccount> provider(Clock clock) {
        return new AliyunProvider(clock);
    }

    @Override
    protected List<AliyunAccount> accounts(Map<String, String> settings) {
        return List.of(Samples.account(settings));
    }

    @Test
    @Override
    protected void aNumberThatHasHadEnoughIsGivenARest() {
        account().add(new SmsTemplate("SMS_9", "验证码 ${code}", SmsTemplate.Type.CODE));
        deliver(template("SMS_9", Map.of("code", "1234")));

        assertNumberLimit(catchThrowable(() -> deliver(template("SMS_9", Map.of("code", "5678")))));
    }

    @Test
    void aNoticeIsRefusedAfterFiftyADay() {
        for (var i = 0; i < 50; i++) {
            deliver(new Content.Text("第 " + i + " 条"));
        }

        assertThat(catchThrowable(() -> deliver(new Content.Text("再一条"))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("天级流控");
    }

    @Test
    void aTemplateIsFilledIn() throws InterruptedException {
        account().add(new SmsTemplate("SMS_1", "${name}，您欠款 ${sum} 元", SmsTemplate.Type.NOTICE));

        deliver(template("SMS_1", Map.of("name", "李雷", "sum", "$100")));

        assertThat(awaitLines(1).getFirst().text()).isEqualTo("【小管家银行】李雷，您欠款 $100 元");
        assertThat(catchThrowable(() -> deliver(template("SMS_1", Map.of("name", "李雷")))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("isv.TEMPLATE_MISSING_PARAMETERS");
        assertThat(catchThrowable(() -> deliver(template("SMS_2", Map.of()))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("isv.SMS_TEMPLATE_ILLEGAL");
    }

    @Test
    void faultsHaveThePlatformsOwnCodes() {
        account().faults().add(Fault.next(1, "SendSms", new Effect.ErrorName("isp.SYSTEM_ERROR")));
        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Unavailable.class);
        account().faults().add(Fault.next(1, "SendSms", new Effect.ErrorName("Throttling.User")));
        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Throttled.class);
    }

    @Test
    void whatIsApprovedIsWell() {
        awaitHealth(HealthSign.well("signature", null), HealthSign.well("template", null));
    }

    @Test
    void healthSaysWhatTheReviewsHaveComeTo() {
        account().signReviewed(Review.REJECTED);
        account().reviewed("SMS_100000001", Review.IN_REVIEW);

        awaitHealth(
                HealthSign.ill("signature", "rejected"), HealthSign.ill("template", "in-review"));
    }

    @Test
    void aTemplateThatIsStillInReviewIsNotSent() {
        account().reviewed("SMS_100000001", Review.IN_REVIEW);

        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Blocked.class);
    }

    @Test
    void aTemplateThatIsNotThereIsSaidBeforeAMessageFails() {
        account().add(new SmsTemplate("SMS_9", "验证码 ${code}", SmsTemplate.Type.CODE));

        awaitHealth(HealthSign.well("signature", null), HealthSign.ill("template", "rejected"));
    }

    @Test
    void aUserWithoutTheRightToAskHearsOfNoReview() {
        for (var api : List.of("GetSmsTemplate", "GetSmsSign")) {
            account().faults().add(Fault.next(1, api, new Effect.ErrorName("NoPermission")));
        }

        awaitHealth();
        await().atMost(PATIENCE).until(() -> account().faults().active().isEmpty());
        awaitHealth();
    }

    private static Content template(String id, Map<String, String> data) {
        return new Content.Template(Content.Template.Kind.NOTIFICATION, id, null, null, data);
    }
}
