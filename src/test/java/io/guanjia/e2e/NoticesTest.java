package io.guanjia.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.sandbox.wechat.Customer;
import io.guanjia.sandbox.wechat.MessageTemplate;
import io.guanjia.sandbox.wechat.message.Bubble;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What other systems say through the gateway: template, subscription and other messages. */
class NoticesTest {

    private static final String BILL = "TM_BILL";
    private static final Map<String, ?> BILL_OUT =
            Map.of(
                    "type",
                    "template",
                    "kind",
                    "notification",
                    "templateId",
                    BILL,
                    "data",
                    Map.of("time1", "二月", "amount2", "￥88"));
    private static final Map<String, ?> PROGRESS =
            Map.of(
                    "type",
                    "template",
                    "kind",
                    "subscription",
                    "templateId",
                    BILL,
                    "data",
                    Map.of("time1", "二月", "amount2", "￥88"));

    @TempDir static Path folder;
    private static Spine spine;

    @BeforeAll
    static void start() {
        spine = Spine.start(folder);
        spine.wechat()
                .add(new MessageTemplate(BILL, "账单已出", "月份：{{time1.DATA}}\n金额：{{amount2.DATA}}"));
    }

    @AfterAll
    static void stop() {
        spine.close();
    }

    @Test
    void aTemplateMessageReachesSomebodyWhoNeverWroteAndItsResultIsKnown() {
        var liLei = follower("李雷");

        var sent = notice(liLei, BILL_OUT);

        assertThat(sent.at("/delivery/id").isString()).isTrue();
        var bubble = (Bubble.Template) liLei.awaitSees(1).getFirst().bubble();
        assertThat(bubble.title()).isEqualTo("账单已出");
        awaitDelivery(sent, "delivered");
    }

    @Test
    void whoBlocksTemplatesIsKnownToHaveGotNone() {
        var quiet = follower("不要打扰");
        quiet.blocksTemplates(true);

        var result = awaitDelivery(notice(quiet, BILL_OUT), "refused");

        assertThat(result.at("/delivery/reason").asString()).isNotBlank();
        assertThat(quiet.sees()).isEmpty();
    }

    @Test
    void aSubscriptionMessageNeedsTheCustomersAgreementEachTime() {
        var hanMeimei = follower("韩梅梅");
        hanMeimei.accepts(BILL);

        awaitDelivery(notice(hanMeimei, PROGRESS), "delivered");
        awaitDelivery(notice(hanMeimei, PROGRESS), "refused");

        assertThat(hanMeimei.sees()).hasSize(1);
    }

    @Test
    void theSameKeyIsSentOnce() {
        var lily = follower("Lily");
        var key = UUID.randomUUID().toString();

        var first = spine.system().notice(lily.openId(), key, BILL_OUT);
        var second = spine.system().notice(lily.openId(), key, BILL_OUT);

        assertThat(second.get("id")).isEqualTo(first.get("id"));
        awaitDelivery(first, "delivered");
        assertThat(lily.sees()).hasSize(1);
    }

    @Test
    void wordsWaitUntilTheCustomerWritesAndStandInTheirThread() {
        var jim = follower("Jim");
        var waits = notice(jim, Map.of("type", "text", "body", "您的卡片已寄出。"));
        awaitDelivery(waits, "held");

        jim.says("怎么还信用卡");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(jim.reads()).contains("您的卡片已寄出。"));
    }

    @Test
    void aNoticeDoesNotChangeWhoAnswers() {
        var lucy = spine.wechat().stranger("Lucy");
        lucy.subscribes();
        lucy.says("转人工");
        lucy.awaitSees(2);

        var sent = awaitDelivery(notice(lucy, BILL_OUT), "delivered");

        var conversation = spine.desk().conversation(sent.get("conversationId").asString());
        assertThat(conversation.get("state").asString()).isEqualTo("waiting");
        assertThat(sent.at("/author/name").asString()).isEqualTo("test");
    }

    /** Somebody who followed the account before there was a gateway. */
    private static Customer follower(String name) {
        return spine.wechat().customer(name);
    }

    private static JsonNode notice(Customer to, Map<String, ?> content) {
        return spine.system().notice(to.openId(), UUID.randomUUID().toString(), content);
    }

    private static JsonNode awaitDelivery(JsonNode sent, String state) {
        var id = sent.get("id").asString();
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> spine.system().message(id),
                        message -> message.at("/delivery/state").asString().equals(state));
    }
}
