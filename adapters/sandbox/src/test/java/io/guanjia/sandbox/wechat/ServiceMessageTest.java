package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.wechat.message.Bubble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;

class ServiceMessageTest extends WithDemoAccount {

    @Test
    void aMessageOpensTheWindowForFiveRepliesInFortyEightHours() {
        assertThat(code(client.sendText(lilei, "太早"))).isEqualTo(45015);

        lilei.says("你好");
        for (int i = 1; i <= 5; i++) {
            assertThat(code(client.sendText(lilei, "第" + i))).isZero();
        }
        assertThat(code(client.sendText(lilei, "第6"))).isEqualTo(45047);
        assertThat(lilei.reads()).containsExactly("第1", "第2", "第3", "第4", "第5");

        lilei.says("还在吗");
        pass(Duration.ofHours(48).minusSeconds(1));
        assertThat(code(client.sendText(lilei, "最后"))).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(code(client.sendText(lilei, "太晚"))).isEqualTo(45015);
    }

    @Test
    void aMenuClickAllowsThreeRepliesInOneMinute() {
        lilei.clicks("CARDS");
        for (int i = 0; i < 3; i++) {
            assertThat(code(client.sendText(lilei, "好"))).isZero();
        }
        assertThat(code(client.sendText(lilei, "好"))).isEqualTo(45047);

        lilei.clicks("CARDS");
        pass(Duration.ofMinutes(1));
        assertThat(code(client.sendText(lilei, "好"))).isEqualTo(45015);
    }

    @Test
    void followingAndScanningAllowThreeRepliesInOneMinute() {
        var newcomer = account.stranger("韩梅梅");
        newcomer.subscribes();
        assertThat(newcomer.allowance()).isEqualTo(3);
        pass(Duration.ofMinutes(2));
        assertThat(newcomer.allowance()).isZero();
        newcomer.scans("branch-7");
        assertThat(newcomer.allowance()).isEqualTo(3);
    }

    @Test
    void allowancesAreNotAddedUpTheLargerRemainderCounts() {
        lilei.says("你好");
        lilei.clicks("CARDS");
        assertThat(lilei.allowance()).isEqualTo(5);

        for (int i = 0; i < 4; i++) {
            client.sendText(lilei, "好");
        }
        assertThat(lilei.allowance()).isEqualTo(1);
        lilei.clicks("CARDS");
        assertThat(lilei.allowance()).isEqualTo(3);
        pass(Duration.ofMinutes(1));
        assertThat(lilei.allowance()).isEqualTo(1);
        lilei.says("再问一个");
        assertThat(lilei.allowance()).isEqualTo(5);
    }

    @Test
    void aTapOnAMenuMessageArrivesAsTextButCountsAsAClick() {
        lilei.says("你好");
        client.call(
                "message/custom/send",
                """
                {"touser":"%s","msgtype":"msgmenu","msgmenu":{"head_content":"满意吗？",
                 "list":[{"id":"101","content":"满意"},{"id":"102","content":"不满意"}],
                 "tail_content":"谢谢"}}\
                """
                        .formatted(lilei.openId()));
        pass(Duration.ofHours(49));

        var menu = (Bubble.Menu) lilei.sees().getFirst().bubble();
        lilei.chooses(menu.choices().getFirst());

        var arrival = server.arrivals().getLast();
        assertThat(arrival.text("Content")).isEqualTo("满意");
        assertThat(arrival.text("bizmsgmenuid")).isEqualTo("101");
        assertThat(lilei.allowance()).isEqualTo(3);
    }

    @Test
    void whoeverLeftCanNotBeReached() {
        lilei.says("你好");
        lilei.unsubscribes();
        assertThat(code(client.sendText(lilei, "别走"))).isEqualTo(43004);

        lilei.subscribes();
        assertThat(lilei.allowance()).isEqualTo(3);
    }

    @Test
    void aTextOfTwoThousandFortyEightBytesIsTheLongest() {
        lilei.says("你好");
        assertThat(code(client.sendText(lilei, "字".repeat(682) + "ab"))).isZero();
        assertThat(code(client.sendText(lilei, "字".repeat(683)))).isEqualTo(45002);
    }

    @Test
    void escapedCharactersAreRefusedAndEscapedBackslashesAreNot() {
        lilei.says("你好");
        var escaped =
                AccountClient.textMessage(lilei.openId(), "X").replace("\"X\"", "\"\\u4f60\"");
        assertThat(code(client.call("message/custom/send", escaped))).isEqualTo(40033);
        var literal =
                AccountClient.textMessage(lilei.openId(), "X").replace("\"X\"", "\"\\\\u4f60\"");
        assertThat(code(client.call("message/custom/send", literal))).isZero();
        assertThat(lilei.reads()).containsExactly("\\u4f60");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"touser":"%s","msgtype":"text","text":{"content":""}}               | 44004
                    {"touser":"%s","msgtype":"smell","smell":{}}                         | 40008
                    {"touser":"%s"}                                                      | 40008
                    {"touser":"o123","msgtype":"text","text":{"content":"x"}}            | 40003
                    {"touser":"%s","msgtype":"image","image":{"media_id":"nowhere"}}     | 40007
                    {"touser":"%s","msgtype":"news","news":{"articles":[]}}              | 44003
                    {"touser":"%s","msgtype":"news","news":{"articles":[{},{}]}}         | 45008
                    {"touser":"%s","msgtype":"miniprogrampage","miniprogrampage":{}}     | 40013
                    [1]                                                                  | 47001
                    """)
    void aFaultyMessageIsRefusedWithItsCode(String message, int code) {
        lilei.says("你好");

        assertThat(code(client.call("message/custom/send", message.replace("%s", lilei.openId()))))
                .isEqualTo(code);
        assertThat(lilei.sees()).isEmpty();
        assertThat(lilei.allowance()).isEqualTo(5);
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertThat(code(client.call("message/custom/send", ""))).isEqualTo(44002);
    }

    @Test
    void anAccountWithoutThePermissionCanNotSend() {
        account.change(server.settings().withoutCustomerService());
        lilei.says("你好");
        assertThat(code(client.sendText(lilei, "好"))).isEqualTo(48001);
    }

    @Test
    void aDayHoldsOnlySoManyCallsAndEndsAtMidnightInBeijing() {
        lilei.says("你好");
        account.quotas().limit("message/custom/send", 1);
        assertThat(code(client.sendText(lilei, "一"))).isZero();
        assertThat(code(client.sendText(lilei, "二"))).isEqualTo(45009);

        clearQuota();
        assertThat(code(client.sendText(lilei, "三"))).isZero();
        assertThat(code(client.sendText(lilei, "四"))).isEqualTo(45009);

        pass(Duration.ofHours(12));
        assertThat(code(client.sendText(lilei, "五"))).isZero();
        assertThat(lilei.reads()).isEqualTo(List.of("一", "三", "五"));
    }

    @Test
    void theQuotaCanBeClearedTenTimesAMonth() {
        for (int i = 0; i < 10; i++) {
            assertThat(clearQuota()).isZero();
        }
        assertThat(clearQuota()).isEqualTo(48006);
    }

    @Test
    void anAccountCanAskWhatIsLeftOfItsDay() {
        account.quotas().limit("message/custom/send", 10);
        lilei.says("在吗");
        client.sendText(lilei, "在的");

        var quota = quotaOf("/cgi-bin/message/custom/send").path("quota");
        assertThat(quota.path("daily_limit").asInt()).isEqualTo(10);
        assertThat(quota.path("used").asInt()).isEqualTo(1);
        assertThat(quota.path("remain").asInt()).isEqualTo(9);
        assertThat(quotaOf("/cgi-bin/menu/get").path("quota").path("daily_limit").asInt(-1))
                .as("no limit")
                .isZero();
        assertThat(code(quotaOf("message/custom/send"))).isEqualTo(76021);
    }

    private JsonNode quotaOf(String path) {
        return client.call("openapi/quota/get", "{\"cgi_path\":\"%s\"}".formatted(path));
    }

    private int clearQuota() {
        return code(
                client.call(
                        "clear_quota", "{\"appid\":\"%s\"}".formatted(server.settings().appId())));
    }

    @Test
    void typingIsShownForFifteenSecondsToWhoeverWroteJustNow() {
        assertThat(typing("Typing")).isEqualTo(45080);

        lilei.says("你好");
        assertThat(typing("Typing")).isZero();
        assertThat(lilei.seesTyping()).isTrue();
        assertThat(typing("Typing")).isEqualTo(45081);
        assertThat(typing("Sleeping")).isEqualTo(45072);
        assertThat(typing("CancelTyping")).isZero();
        assertThat(lilei.seesTyping()).isFalse();

        assertThat(typing("Typing")).isZero();
        pass(Duration.ofSeconds(15));
        assertThat(lilei.seesTyping()).isFalse();
        pass(Duration.ofSeconds(15));
        assertThat(typing("Typing")).isEqualTo(45080);
    }

    @Test
    void aMessageEndsTheTyping() {
        lilei.says("你好");
        typing("Typing");
        client.sendText(lilei, "您好");
        assertThat(lilei.seesTyping()).isFalse();
    }

    private int typing(String command) {
        return code(
                client.call(
                        "message/custom/typing",
                        """
                        {"touser":"%s","command":"%s"}\
                        """
                                .formatted(lilei.openId(), command)));
    }

    private void pass(Duration time) {
        sandbox.clock().advance(time);
    }
}
