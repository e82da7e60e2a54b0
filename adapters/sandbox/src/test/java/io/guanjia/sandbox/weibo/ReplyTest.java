package io.guanjia.sandbox.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.weibo.WeiboAccount.TokenState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

class ReplyTest extends WithBank {

    @Test
    void wordsCardsAndPlacesAreShown() {
        says("在吗");

        assertThat(sends("您好").path("result").asBoolean()).isTrue();
        var cards =
                """
                {"articles":[
                  {"display_name":"一","summary":"甲","image":"","url":"https://b.example/1"},
                  {"display_name":"二","summary":"","image":"i","url":"https://b.example/2"}]}\
                """;
        assertThat(reply(TOKEN, form("articles", cards)).statusCode()).isEqualTo(200);
        var place = "{\"longitude\":\"121.47\",\"latitude\":\"31.23\"}";
        assertThat(reply(TOKEN, form("position", place)).statusCode()).isEqualTo(200);

        assertThat(lilei.awaitReceived(4))
                .extracting(PhoneLine::kind)
                .containsExactly("text", "card", "card", "location");
        assertThat(lilei.reads()).containsExactly("您好", "一\n甲", "二", "121.47,31.23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "follow", "subscribe", "scan", "menu", "image"})
    void withinTwoDaysOfWhatACustomerDoesAnyNumberMayFollow(String gesture) {
        ended(lilei.does("follow", Map.of()));
        sandbox.clock().advance(Duration.ofHours(49));
        if (gesture.equals("follow")) {
            ended(lilei.does("unfollow", Map.of()));
        }
        ended(lilei.does(gesture, Map.of("text", "在吗")));

        for (int i = 0; i < 20; i++) {
            assertThat(code(sends("第" + i))).isZero();
        }
        sandbox.clock().advance(Duration.ofHours(48).minusSeconds(1));
        assertThat(code(sends("还在"))).isZero();
        sandbox.clock().advance(Duration.ofSeconds(1));
        assertThat(code(sends("太晚"))).isEqualTo(20308);
    }

    @Test
    void aMentionAllowsOneMessage() {
        ended(lilei.does("mention", Map.of()));

        assertThat(code(sends("您好"))).isZero();
        assertThat(code(sends("还有"))).isEqualTo(20301);
        says("谢谢");
        assertThat(code(sends("不客气"))).isZero();
    }

    @Test
    void whoLeftReadsNothingMore() {
        ended(lilei.does("follow", Map.of()));
        assertThat(code(sends("您好"))).isZero();

        ended(lilei.does("unfollow", Map.of()));

        assertThat(code(sends("别走"))).isEqualTo(20301);
        assertThat(lilei.reads()).containsExactly("您好");
    }

    @Test
    void theMenusLinksAllowNothing() {
        ended(lilei.does("view", Map.of()));

        assertThat(code(sends("您好"))).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | {} | 20008",
                "text | text | 10017",
                "image | {\"image\":1} | 10017",
                "articles | {\"articles\":[]} | 10017",
                "articles | {\"articles\":[{\"display_name\":\"a\"}]} | 10017",
                "position | {\"longitude\":\"east\",\"latitude\":\"1\"} | 10017",
            })
    void whatIsMalformedIsRefusedWithThePlatformsCode(String type, String data, int code) {
        says("在吗");

        var answer = reply(TOKEN, form(type, data));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(json(answer))).isEqualTo(code);
        assertThat(json(answer).path("request").asString()).isEqualTo("/2/messages/reply.json");
    }

    @Test
    void lengthsReceiversParametersAndMethodsAreChecked() {
        says("在吗");

        assertThat(code(sends("满".repeat(299)))).isZero();
        assertThat(code(sends("满".repeat(300)))).isEqualTo(20013);
        var nobody = form("text", "{\"text\":\"x\"}").replace(lilei.id(), "123");
        assertThat(code(json(reply(TOKEN, nobody)))).isEqualTo(20003);
        assertThat(code(json(reply(TOKEN, "type=text")))).isEqualTo(10016);
        assertThat(
                        code(
                                json(
                                        send(
                                                HttpRequest.newBuilder(
                                                        at(
                                                                "/weibo/2/messages/reply.json"
                                                                        + "?access_token="
                                                                        + TOKEN))))))
                .isEqualTo(10021);
    }

    @Test
    void aTokenIsNeededKnownGoodAndCanBeSentInTheForm() {
        says("在吗");
        var form = form("text", "{\"text\":\"x\"}");

        assertThat(code(json(reply("", form)))).isEqualTo(10006);
        assertThat(code(json(reply("other", form)))).isEqualTo(21332);
        assertThat(code(json(reply("", form + "&access_token=" + TOKEN)))).isZero();
        account.token(TokenState.EXPIRED);
        assertThat(code(json(reply(TOKEN, form)))).isEqualTo(21327);
        account.token(TokenState.REVOKED);
        assertThat(code(json(reply(TOKEN, form)))).isEqualTo(21319);
    }

    @Test
    void filesAreHandedOutToWhoHasTheToken() {
        ended(lilei.does("image", Map.of()));
        var fid = server.arrivals().getFirst().message().path("data").path("tovfid").asString();

        var file = send(HttpRequest.newBuilder(at(fetch(fid))));
        assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(code(json(send(HttpRequest.newBuilder(at(fetch("1"))))))).isEqualTo(10008);
        var shown = lilei.chat().getFirst().url();
        assertThat(send(HttpRequest.newBuilder(at("" + shown))).statusCode()).isEqualTo(200);
    }

    private static String fetch(String fid) {
        return "/weibo/2/mss/msget?access_token=" + TOKEN + "&fid=" + fid;
    }

    @Test
    void theTokensRemainingLifeIsTold() {
        var info =
                json(
                        send(
                                HttpRequest.newBuilder(at("/weibo/oauth2/get_token_info"))
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        "access_token=" + TOKEN))));

        assertThat(info.path("uid").asLong()).isEqualTo(5011223344L);
        assertThat(info.path("expire_in").asLong()).isEqualTo(Duration.ofDays(30).toSeconds());
    }

    @Test
    void callsFailOnDemand() {
        says("在吗");
        account.faults().add(Fault.next(1, "messages/reply", new Effect.Status(502)));
        assertThat(reply(TOKEN, form("text", "{\"text\":\"x\"}")).statusCode()).isEqualTo(502);

        account.faults().add(Fault.next(1, "messages/reply", new Effect.ErrorCode(10023)));
        var limited = reply(TOKEN, form("text", "{\"text\":\"x\"}"));
        assertThat(limited.statusCode()).isEqualTo(403);
        assertThat(code(json(limited))).isEqualTo(10023);

        account.faults().add(Fault.next(1, "messages/reply", new Effect.SilentDrop()));
        assertThat(code(sends("没了"))).isZero();
        assertThat(lilei.reads()).isEmpty();

        account.faults().add(Fault.next(1, Fault.EVERY_API, new Effect.Close(true)));
        assertThatThrownBy(() -> sends("到了")).isInstanceOf(AssertionError.class);
        assertThat(lilei.awaitReceived(1).getFirst().text()).isEqualTo("到了");

        account.faults().add(Fault.next(1, Fault.EVERY_API, new Effect.Close(false)));
        assertThatThrownBy(() -> sends("没到")).isInstanceOf(AssertionError.class);
        assertThat(lilei.reads()).containsExactly("到了");

        // The last is written down when its connection is gone, which is what its caller waited
        // for.
        await().untilAsserted(
                        () ->
                                assertThat(account.calls().all())
                                        .extracting(ApiCall::fault)
                                        .containsExactly(
                                                "Status",
                                                "ErrorCode",
                                                "SilentDrop",
                                                "Close",
                                                "Close"));
        assertThat(account.calls().all().toString()).doesNotContain(TOKEN);
    }
}
