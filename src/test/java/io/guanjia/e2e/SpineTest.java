package io.guanjia.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.sandbox.wechat.Via;
import io.guanjia.sandbox.wechat.message.Bubble;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

class SpineTest {

    /** As far as anybody looks into it. */
    private static final byte[] FILM =
            "\0\0\0\u0018ftypisom\0\0\2\0isommp41".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir static Path folder;
    private static Spine spine;

    @BeforeAll
    static void start() {
        spine = Spine.start(folder);
    }

    @AfterAll
    static void stop() {
        spine.close();
    }

    @Test
    void aCustomerIsAnsweredByTheBotThenByAPersonThenByTheBotAgain() {
        var liLei = spine.wechat().stranger("李雷");
        var desk = spine.desk();

        liLei.subscribes();
        assertThat(liLei.awaitSees(1).getLast().words()).contains("智能助手");

        liLei.says("怎么还信用卡");
        assertThat(liLei.awaitSees(2).getLast().words()).contains("还款");

        liLei.says("转人工");
        assertThat(liLei.awaitSees(3).getLast().words()).contains("正在为您转接人工客服");

        var id = awaitWaiting(desk, liLei.openId());
        assertThat(desk.conversation(id).get("reason").asString()).isEqualTo("asked");

        desk.take(id);
        liLei.says("我的卡上周就还了，怎么还在催");
        desk.note(id, "先查还款入账时间");
        desk.reply(id, "李先生您好，我查一下您的还款记录。");
        assertThat(liLei.awaitSees(4).getLast())
                .satisfies(
                        seen -> {
                            assertThat(seen.words()).isEqualTo("李先生您好，我查一下您的还款记录。");
                            assertThat(seen.via()).isEqualTo(Via.SERVICE);
                        });

        desk.handBack(id);
        assertThat(liLei.awaitSees(5).getLast().words()).contains("智能助手继续为您服务");

        liLei.says("怎么还信用卡");
        assertThat(liLei.awaitSees(6).getLast().words()).contains("还款");

        assertThat(desk.messages(id))
                .extracting(message -> message.get("direction").asString())
                .containsExactly(
                        "in", "out", "in", "out", "in", "out", "in", "note", "out", "out", "in",
                        "out");
        assertThat(desk.conversation(id).get("changes").findValuesAsString("to"))
                .containsExactly("bot", "waiting", "agent", "bot");
    }

    @Test
    void aReplyThatIsTooLongForTheChannelArrivesWholeInSeveralMessages() {
        var wangWei = spine.wechat().stranger("王伟");
        var desk = spine.desk();
        wangWei.subscribes();
        wangWei.says("转人工");
        wangWei.awaitSees(2);
        var id = awaitWaiting(desk, wangWei.openId());
        desk.take(id);
        var sentence = "请您带上身份证到任意一家网点办理。";

        desk.reply(id, sentence.repeat(60));

        var seen = wangWei.awaitSees(4);
        assertThat(seen.get(2).words() + seen.get(3).words()).isEqualTo(sentence.repeat(60));
        assertThat(seen.get(2).words()).endsWith("。");
        assertThat(wangWei.allowance()).isEqualTo(3);
    }

    /** The platform takes no film without a still picture, and the desk asks nobody for one. */
    @Test
    void aFilmFromTheDeskReachesTheCustomer() {
        var lucy = spine.wechat().stranger("Lucy");
        var desk = spine.desk();
        lucy.subscribes();
        lucy.says("转人工");
        lucy.awaitSees(2);
        var id = awaitWaiting(desk, lucy.openId());
        desk.take(id);

        desk.sendFile(id, "video", "guide.mp4", FILM);

        assertThat(lucy.awaitSees(3).getLast().bubble()).isInstanceOf(Bubble.Video.class);
    }

    @Test
    void anAnswerInTimeCostsNothingOfTheWindow() {
        var hanMeimei = spine.wechat().stranger("韩梅梅");
        hanMeimei.subscribes();
        hanMeimei.awaitSees(1);

        hanMeimei.says("怎么还信用卡");

        assertThat(hanMeimei.awaitSees(2).getLast().via()).isEqualTo(Via.PASSIVE);
        assertThat(hanMeimei.allowance()).isEqualTo(5);
    }

    @Test
    void aReplySentTwiceByTheDeskReachesTheCustomerOnce() {
        var jim = spine.wechat().stranger("Jim");
        var desk = spine.desk();
        jim.subscribes();
        jim.says("转人工");
        jim.awaitSees(2);
        var id =
                await().until(() -> waiting(desk, jim.openId()), Optional::isPresent).orElseThrow();
        desk.take(id);

        var clientId = UUID.randomUUID().toString();
        var first = desk.reply(id, clientId, "您好");
        var second = desk.reply(id, clientId, "您好");
        desk.reply(id, "请问有什么可以帮您");

        assertThat(second.get("id")).isEqualTo(first.get("id"));
        assertThat(jim.awaitSees(4))
                .extracting(seen -> seen.words())
                .endsWith("您好", "请问有什么可以帮您")
                .hasSize(4);
    }

    private static Optional<String> waiting(DeskClient desk, String openId) {
        return desk.conversations("queue").stream()
                .filter(c -> c.get("party").asString().equals(openId))
                .map((JsonNode c) -> c.get("id").asString())
                .findFirst();
    }

    /** The id of the conversation that waits for a person. */
    private static String awaitWaiting(DeskClient desk, String openid) {
        return await().until(() -> waiting(desk, openid), Optional::isPresent).orElseThrow();
    }
}
