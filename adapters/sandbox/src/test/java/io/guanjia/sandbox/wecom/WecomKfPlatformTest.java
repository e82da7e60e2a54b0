package io.guanjia.sandbox.wecom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

class WecomKfPlatformTest {

    private final KfServer server = new KfServer();
    private final KfCustomer lilei = server.account().meet("李雷");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void ringsAndLetsTheServerReadWhatWasWritten() {
        assertThat(lilei.says("在吗").toCompletableFuture().join()).isEqualTo("acknowledged");

        var news = server.callbacks.getFirst();
        assertThat(news.text("Event")).isEqualTo("kf_msg_or_event");
        assertThat(news.text("OpenKfId")).isEqualTo(KfServer.KFID);
        assertThat(news.text("FromUserName")).isEmpty();
        var page = server.sync("", news.text("Token"));
        assertThat(page.path("has_more").asInt()).isZero();
        var item = page.path("msg_list").path(0);
        assertThat(item.path("external_userid").asString()).isEqualTo(lilei.id());
        assertThat(item.path("origin").asInt()).isEqualTo(3);
        assertThat(item.path("text").path("content").asString()).isEqualTo("在吗");
        assertThat(server.sync(page.path("next_cursor").asString(), "").path("msg_list").isEmpty())
                .isTrue();
    }

    @Test
    void triesThreeTimes() {
        server.status = 500;

        assertThat(lilei.says("在吗").toCompletableFuture().join()).isEqualTo("refused");
        assertThat(server.callbacks).hasSize(3);
    }

    @Test
    void checksTheCallbackAddress() {
        assertThat(server.account().verify().toCompletableFuture().join()).isTrue();
    }

    @Test
    void refusesATokenThatIsTooOldAndReadsWithoutOne() {
        join(lilei.says("在吗"));
        var token = server.callbacks.getFirst().text("Token");
        server.sandbox.clock().shiftTo(Duration.ofMinutes(11));

        assertThat(code(server.sync("", token))).isEqualTo(95007);
        assertThat(server.sync("", "").path("msg_list").size()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsThreeDaysOld() {
        join(lilei.says("在吗"));
        server.sandbox.clock().shiftTo(Duration.ofDays(3).plusMinutes(1));

        assertThat(server.sync("", "").path("msg_list").isEmpty()).isTrue();
    }

    @Test
    void hasAnEmptyPageWithMoreBehindIt() {
        join(lilei.says("在吗"));
        server.account().emptyPages(1);

        var empty = server.sync("", "");
        var next = server.sync(empty.path("next_cursor").asString(), "");

        assertThat(empty.path("msg_list").isEmpty()).isTrue();
        assertThat(empty.path("has_more").asInt()).isEqualTo(1);
        assertThat(next.path("msg_list").size()).isEqualTo(1);
    }

    @Test
    void takesFiveMessagesInFortyEightHours() {
        assertThat(code(server.text(lilei, "m0", "您好"))).isEqualTo(95018);
        join(lilei.says("在吗"));
        for (int i = 1; i <= 5; i++) {
            assertThat(code(server.text(lilei, "m" + i, "第" + i + "条"))).isZero();
        }

        assertThat(code(server.text(lilei, "m6", "第6条"))).isEqualTo(95001);
        assertThat(lilei.reads()).hasSize(5);

        join(lilei.says("还有呢"));
        assertThat(code(server.text(lilei, "m6", "第6条"))).isZero();
        server.sandbox.clock().shiftTo(Duration.ofHours(48));
        assertThat(code(server.text(lilei, "m7", "第7条"))).isEqualTo(95002);
    }

    @Test
    void takesAMessageOnceHoweverOftenItsIdComes() {
        join(lilei.says("在吗"));

        server.text(lilei, "same", "您好");
        assertThat(server.text(lilei, "same", "您好").path("msgid").asString()).isEqualTo("same");

        assertThat(lilei.reads()).containsExactly("您好");
        assertThat(lilei.left()).isEqualTo(4);
    }

    @Test
    void greetsWhoComesInByCodeOnceAndWithinTwentySeconds() {
        join(lilei.does("enter", Map.of()));
        var code = code(lilei);

        assertThat(code(onEvent(code))).isZero();
        assertThat(code(onEvent(code))).isEqualTo(40029);
        assertThat(lilei.reads()).containsExactly("欢迎光临");

        // Heard from us within 48 hours, so not greeted again.
        join(lilei.does("enter", Map.of()));
        assertThat(code(lilei)).isEmpty();

        var hanmeimei = server.account().meet("韩梅梅");
        join(hanmeimei.does("enter", Map.of()));
        var late = code(hanmeimei);
        server.sandbox.clock().shiftTo(Duration.ofSeconds(21));
        assertThat(code(onEvent(late))).isEqualTo(40029);
    }

    @Test
    void sendsNothingWhileAPersonServesTheCustomer() {
        join(lilei.says("转人工"));
        join(lilei.does("person", Map.of("text", "我是小李")));

        assertThat(code(server.text(lilei, "m1", "您好"))).isEqualTo(95018);
        assertThat(state()).isEqualTo(3);
        assertThat(code(transfer(1))).isEqualTo(95016);

        join(lilei.does("end", Map.of()));
        assertThat(state()).isEqualTo(4);
        join(lilei.says("再问一下"));
        assertThat(state()).isZero();
        assertThat(code(transfer(1))).isZero();
        assertThat(code(server.text(lilei, "m2", "您好"))).isZero();
    }

    @Test
    void passesACustomerToThePoolToOneAtWorkAndToTheEnd() {
        join(lilei.says("转人工"));
        assertThat(code(transfer(2))).isZero();
        assertThat(state()).isEqualTo(2);
        assertThat(code(transfer(3))).isEqualTo(95014);
        assertThat(code(transfer(3, "wangwu"))).isEqualTo(95014);
        assertThat(transfer(3, "xiaoli").path("msg_code").asString()).isNotEmpty();
        assertThat(state()).isEqualTo(3);
        assertThat(code(transfer(2))).isEqualTo(95016);

        assertThat(code(transfer(4))).isZero();
        assertThat(code(transfer(4))).isEqualTo(95016);
        assertThat(code(server.text(lilei, "m1", "您好"))).isEqualTo(95013);
    }

    @Test
    void takesTheCodeOfAStateOnlyWhileTheSessionIsInIt() {
        join(lilei.says("转人工"));
        var queued = transfer(2).path("msg_code").asString();
        server.sandbox.clock().shiftTo(Duration.ofHours(1));
        assertThat(code(onEvent(queued))).isZero();

        var served = transfer(3, "xiaoli").path("msg_code").asString();
        var over = transfer(4).path("msg_code").asString();
        assertThat(code(onEvent(served))).isEqualTo(95018);
        assertThat(code(onEvent(over))).isZero();

        join(lilei.says("还有问题"));
        var late = transfer(4).path("msg_code").asString();
        server.sandbox.clock().shiftTo(Duration.ofHours(1).plusSeconds(21));
        assertThat(code(onEvent(late))).isEqualTo(40029);
    }

    @Test
    void tellsOfAMessageThatTheCustomerTurnedAway() {
        join(lilei.says("别再发了"));
        join(lilei.does("reject", Map.of()));

        assertThat(code(server.text(lilei, "m1", "您好"))).isZero();

        var event = server.sync("", "").path("msg_list").path(1).path("event");
        assertThat(event.path("event_type").asString()).isEqualTo("msg_send_fail");
        assertThat(event.path("fail_msgid").asString()).isEqualTo("m1");
        assertThat(event.path("fail_type").asInt()).isEqualTo(10);
        assertThat(lilei.reads()).isEmpty();
    }

    @Test
    void bringsAChoiceBackAsWordsWithTheMenusId() {
        join(lilei.says("怎么还款"));
        server.post(
                "kf/send_msg",
                """
                {"touser": "%s", "open_kfid": "%s", "msgtype": "msgmenu", "msgmenu": {
                 "head_content": "您想问的是：",
                 "list": [{"type": "click", "click": {"id": "repay", "content": "还款方式"}}]}}
                """
                        .formatted(lilei.id(), KfServer.KFID));
        assertThat(lilei.chat().getLast().options())
                .containsExactly(new PhoneLine.Option("repay", "还款方式"));

        join(lilei.does("choose", Map.of("id", "repay")));

        var chosen = server.sync("", "").path("msg_list").path(1).path("text");
        assertThat(chosen.path("menu_id").asString()).isEqualTo("repay");
        assertThat(chosen.path("content").asString()).isEqualTo("还款方式");
    }

    @Test
    void carriesEveryGesture() {
        for (var gesture : List.of("image", "voice", "file", "location", "recall", "enter")) {
            assertThat(join(lilei.does(gesture, Map.of()))).isEqualTo("acknowledged");
        }
        assertThatThrownBy(() -> lilei.does("dance", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.sync("", "").path("msg_list").size()).isEqualTo(6);
    }

    @Test
    void failsWhenItIsTold() {
        join(lilei.says("在吗"));
        server.account().faults().add(Fault.next(1, "kf/send_msg", new Effect.ErrorCode(-1)));
        assertThat(code(server.text(lilei, "m1", "您好"))).isEqualTo(-1);

        server.account().faults().add(Fault.next(1, "kf/send_msg", new Effect.SilentDrop()));
        assertThat(code(server.text(lilei, "m2", "您好"))).isZero();
        assertThat(lilei.reads()).isEmpty();

        server.account().faults().add(Fault.next(1, Fault.CALLBACKS, new Effect.Lose()));
        assertThat(join(lilei.says("丢了"))).isEqualTo("lost");

        server.account()
                .faults()
                .add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
        var before = server.callbacks.size();
        join(lilei.says("三遍"));
        assertThat(server.callbacks).hasSize(before + 3);
    }

    @Test
    void takesNoMoreCallsThanItIsToldInAMinuteAndAtOnce() {
        join(lilei.says("在吗"));
        server.control("PUT", "/quotas", "{\"api\":\"kf/send_msg\",\"limit\":0}");
        assertThat(code(server.text(lilei, "m1", "您好"))).isEqualTo(45009);
        assertThat(code(server.sync("", ""))).isZero();
        server.control("PUT", "/quotas", "{\"api\":\"kf/send_msg\",\"limit\":100}");
        assertThat(code(server.text(lilei, "m1", "您好"))).isZero();

        server.account().limits().atOnce("kf/sync_msg", 0);
        assertThat(code(server.sync("", ""))).isEqualTo(45033);
        server.sandbox.reset();
        assertThat(code(server.sync("", ""))).isZero();
    }

    @Test
    void knowsWhoMayCallIt() {
        assertThat(code(server.get("gettoken?corpid=nobody&corpsecret=x"))).isEqualTo(40013);
        assertThat(code(server.get("gettoken?corpid=" + KfServer.CORP + "&corpsecret=x")))
                .isEqualTo(40001);
        assertThat(code(server.get("media/get?access_token=x&media_id=y"))).isEqualTo(40014);
        assertThat(server.token()).isEqualTo(server.token());
        var token = server.token();
        server.platform.expireTokens();
        assertThat(code(server.get("media/get?access_token=" + token + "&media_id=y")))
                .isEqualTo(42001);
    }

    private String code(KfCustomer customer) {
        var items = server.sync("", "").path("msg_list");
        var code = "";
        for (var item : items) {
            var event = item.path("event");
            if (event.path("external_userid").asString("").equals(customer.id())) {
                code = event.path("welcome_code").asString("");
            }
        }
        return code;
    }

    private JsonNode onEvent(String code) {
        return server.post(
                "kf/send_msg_on_event",
                """
                {"code": "%s", "msgtype": "text", "text": {"content": "欢迎光临"}}
                """
                        .formatted(code));
    }

    private int state() {
        return server.post(
                        "kf/service_state/get",
                        """
                        {"open_kfid": "%s", "external_userid": "%s"}
                        """
                                .formatted(KfServer.KFID, lilei.id()))
                .path("service_state")
                .asInt();
    }

    private JsonNode transfer(int to) {
        return transfer(to, "");
    }

    private JsonNode transfer(int to, String servicer) {
        return server.post(
                "kf/service_state/trans",
                """
                {"open_kfid": "%s", "external_userid": "%s", "service_state": %d,
                 "servicer_userid": "%s"}
                """
                        .formatted(KfServer.KFID, lilei.id(), to, servicer));
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt();
    }

    private static String join(CompletionStage<String> done) {
        return done.toCompletableFuture().join();
    }
}
