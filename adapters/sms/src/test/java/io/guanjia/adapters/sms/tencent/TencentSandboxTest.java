package io.guanjia.adapters.sms.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.guanjia.adapters.sms.AgainstTheSandbox;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Content;
import io.guanjia.sandbox.sms.Review;
import io.guanjia.sandbox.sms.SmsTemplate;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class TencentSandboxTest extends AgainstTheSandbox<TencentAccount> {

    @Override
    protected Map<String, String> settings() {
        return Samples.USUAL;
    }

    @Override
    protected String secretKey() {
        return "secret-key";
    }

    @Override
    protected SmsProvider<TencentAccount> provider(Clock clock) {
        return new TencentProvider(clock);
    }

    @Override
    protected List<TencentAccount> accounts(Map<String, String> settings) {
        return List.of(Samples.account(settings));
    }

    @Test
    void aNumberIsRefusedAfterTenADay() {
        for (var i = 0; i < 10; i++) {
            deliver(new Content.Text("第 " + i + " 条"));
        }

        assertThat(catchThrowable(() -> deliver(new Content.Text("再一条"))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LimitExceeded.PhoneNumberDailyLimit");
    }

    @Test
    void aTemplateIsFilledInInOrder() throws InterruptedException {
        account().add(new SmsTemplate("1110", "{1}", SmsTemplate.Type.NOTICE));
        account().add(new SmsTemplate("7", "{1}，您欠款 {2} 元", SmsTemplate.Type.NOTICE));

        deliver(template("7", Map.of("2", "100", "1", "李雷")));

        assertThat(awaitLines(1).getFirst().text()).isEqualTo("【小管家银行】李雷，您欠款 100 元");
    }

    @Test
    void whoRefusesGetsNoPromotions() throws Exception {
        account().add(new SmsTemplate("8", "新品上市，拒收请回复R", SmsTemplate.Type.PROMOTION));
        phone().does("unsubscribe", Map.of()).get();
        heard();

        assertThat(catchThrowable(() -> deliver(template("8", Map.of()))))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("FailedOperation.PhoneNumberInBlacklist");
    }

    @Test
    void promotionsWaitForTheMorning() {
        account().add(new SmsTemplate("8", "新品上市，拒收请回复R", SmsTemplate.Type.PROMOTION));
        clock().advance(Duration.ofHours(11));

        assertNumberLimit(catchThrowable(() -> deliver(template("8", Map.of()))));
    }

    @Test
    void saysHowManyMessagesAreStillPaidFor() {
        account().buy(1_000, 950);
        clock().advance(Duration.ofHours(2));

        deliver(new Content.Text("您好"));

        awaitLeft(CallsLeft.inPackages("packages", 49, 1_000));
    }

    @Test
    void aPackageThatIsUsedUpShutsTheAccount() {
        account().buy(1_000, 1_000);

        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Blocked.class)
                .hasMessageContaining("InsufficientBalanceInSmsPackage");
    }

    @Test
    void whatIsApprovedIsWell() {
        awaitHealth(HealthSign.well("template", null));
    }

    @Test
    void healthSaysWhatTheReviewHasComeTo() {
        account().reviewed("1110", Review.IN_REVIEW);

        awaitHealth(HealthSign.ill("template", "in-review"));
    }

    @Test
    void aTemplateThatIsNotThereIsSaidBeforeAMessageFails() {
        account().add(new SmsTemplate("7", "{1}", SmsTemplate.Type.NOTICE));

        awaitHealth(HealthSign.ill("template", "rejected"));
    }

    @Test
    void aTemplateThatIsStillInReviewIsNotSent() {
        account().reviewed("1110", Review.IN_REVIEW);

        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Blocked.class);
    }

    private static Content template(String id, Map<String, String> data) {
        return new Content.Template(Content.Template.Kind.NOTIFICATION, id, null, null, data);
    }
}
