package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.sandbox.wechat.AccountServer.Arrival;
import io.guanjia.sandbox.wechat.message.Bubble;
import io.guanjia.sandbox.wechat.message.Event;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

class TemplateMessageTest extends WithDemoAccount {

    private static final String BILL = "TM_BILL";

    @Test
    void aTemplateMessageIsShownAndItsResultReportedUnderItsId() {
        account.add(new MessageTemplate(BILL, "账单已出", "月份：{{time1.DATA}}\n金额：{{amount2.DATA}}"));

        var answer = send("\"time1\":{\"value\":\"二月\"},\"amount2\":{\"value\":\"￥88\"}");

        assertThat(code(answer)).isZero();
        var bubble = (Bubble.Template) lilei.awaitSees(1).getFirst().bubble();
        assertThat(bubble.title()).isEqualTo("账单已出");
        assertThat(bubble.lines())
                .containsExactly(
                        new Bubble.Template.Line("time1", "月份", "二月"),
                        new Bubble.Template.Line("amount2", "金额", "￥88"));
        var event = awaitEvent("TEMPLATESENDJOBFINISH");
        assertThat(event.text("MsgID")).isEqualTo(answer.path("msgid").asString());
        assertThat(event.text("Status")).isEqualTo("success");
    }

    @Test
    void whoeverBlocksTemplatesSeesNoneAndTheResultSaysSo() {
        lilei.blocksTemplates(true);

        assertThat(code(send("\"time1\":{\"value\":\"二月\"}"))).isZero();

        assertThat(awaitEvent("TEMPLATESENDJOBFINISH").text("Status"))
                .isEqualTo("failed:user block");
        assertThat(lilei.sees()).isEmpty();
    }

    @Test
    void theSameClientIdIsSentOnlyOnce() {
        var first = send("\"time1\":{\"value\":\"二月\"}", ",\"client_msg_id\":\"bill-1\"");
        var second = send("\"time1\":{\"value\":\"二月\"}", ",\"client_msg_id\":\"bill-1\"");

        assertThat(second.path("msgid")).isEqualTo(first.path("msgid"));
        awaitEvent("TEMPLATESENDJOBFINISH");
        assertThat(lilei.sees()).hasSize(1);
    }

    @Test
    void aFaultyTemplateMessageIsRefused() {
        account.add(new MessageTemplate(BILL, "账单已出", "月份：{{time1.DATA}}"));
        assertThat(code(send("\"other\":{\"value\":\"二月\"}"))).isEqualTo(47003);

        account.add(new MessageTemplate("OTHER", "别的", "内容：{{thing1.DATA}}"));
        assertThat(
                        code(
                                client.call(
                                        "message/template/send",
                                        "{\"touser\":\"%s\",\"template_id\":\"NONE\"}"
                                                .formatted(lilei.openId()))))
                .isEqualTo(40037);

        lilei.unsubscribes();
        assertThat(code(send("\"time1\":{\"value\":\"二月\"}"))).isEqualTo(43004);
    }

    @Test
    void eachAcceptedQuestionAllowsOneSubscriptionMessage() {
        assertThat(subscription()).isEqualTo(43101);

        lilei.accepts(BILL);
        lilei.accepts(BILL);
        assertThat(subscription()).isZero();
        assertThat(subscription()).isZero();
        assertThat(subscription()).isEqualTo(43101);

        lilei.does(new Event.AnswerSubscription(BILL, false));
        assertThat(subscription()).isEqualTo(43101);
        lilei.awaitSees(2);
        var result =
                awaitEvent("subscribe_msg_sent_event")
                        .message()
                        .findGroup("SubscribeMsgSentEvent")
                        .orElseThrow()
                        .findGroup("List")
                        .orElseThrow();
        assertThat(result.text("TemplateId")).isEqualTo(BILL);
        assertThat(result.text("ErrorCode")).isEqualTo("0");
    }

    private int subscription() {
        return code(
                client.call(
                        "message/subscribe/bizsend",
                        """
                        {"touser":"%s","template_id":"%s","data":{"thing1":{"value":"进度"}}}\
                        """
                                .formatted(lilei.openId(), BILL)));
    }

    private JsonNode send(String data) {
        return send(data, "");
    }

    private JsonNode send(String data, String more) {
        return client.call(
                "message/template/send",
                "{\"touser\":\"%s\",\"template_id\":\"%s\",\"data\":{%s}%s}"
                        .formatted(lilei.openId(), BILL, data, more));
    }

    private Arrival awaitEvent(String event) {
        return await().until(
                        () ->
                                server.arrivals().stream()
                                        .filter(arrival -> arrival.text("Event").equals(event))
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
    }
}
