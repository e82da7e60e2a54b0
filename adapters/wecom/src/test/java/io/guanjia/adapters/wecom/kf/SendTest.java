package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.Channel.Route;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.outbound.Reasons;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBufferUtils;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

class SendTest {

    private static final String DELIVERY = "0194d2f0-7b1a-7c3e-9f4d-2a6b8c0d1e2f";
    private static final String MSGID = "0194d2f07b1a7c3e9f4d2a6b8c0d1e2f";
    private static final String CODE_KEY = "wecom-kf/demo/" + Accounts.PARTY;

    private final FakeKf platform = new FakeKf();
    private final Kit kit = new Kit(platform, Map.of());

    @AfterEach
    void end() {
        kit.close();
        platform.close();
    }

    /** Whoever can change where an account calls is not handed what it still has. */
    @Test
    void keepsATokenFromAnAddressThatItDidNotComeFrom() {
        deliver(new Content.Text("您好"));
        try (var elsewhere = new FakeKf()) {
            elsewhere.platform.answer(
                    FakeKf.GET_TOKEN,
                    "{\"errcode\":0,\"access_token\":\"ELSEWHERE\",\"expires_in\":7200}");
            var moved = Map.of("api-base", elsewhere.address().toString(), "secret", "made-up");
            kit.channel.replaceAccounts(List.of(Accounts.demo(moved)));
            deliver(new Content.Text("您好"));

            assertThat(elsewhere.platform.requests(FakeKf.SEND))
                    .extracting(FakePlatform.Request::query)
                    .containsExactly("access_token=ELSEWHERE");
        }
    }

    @Test
    void saysWordsUnderAnIdThatIsTheSameForEveryTry() {
        assertThat(deliver(new Content.Text("您好 <b>\"引号\"</b>")).platformId()).isEqualTo("MSG-1");
        deliver(new Content.Text("您好 <b>\"引号\"</b>"));

        assertThat(platform.platform.requests(FakeKf.SEND))
                .hasSize(2)
                .allSatisfy(
                        request ->
                                assertThat(request.json())
                                        .isEqualTo(
                                                json(
                                                        """
                                                        {"touser": "%s", "open_kfid": "%s",
                                                         "msgid": "%s", "msgtype": "text",
                                                         "text": {"content": "您好 <b>\\"引号\\"</b>"}}
                                                        """
                                                                .formatted(
                                                                        Accounts.PARTY,
                                                                        Accounts.KFID,
                                                                        MSGID))));
    }

    @Test
    void saysEveryKindInThePlatformsOwnForm() {
        assertThat(sent(new Content.Location(31.23, 121.47, "人民广场支行", null)))
                .isEqualTo(
                        json(
                                """
                                {"name": "人民广场支行", "address": "人民广场支行",
                                 "latitude": 31.23, "longitude": 121.47}
                                """));
        assertThat(sent(new Content.Link("还款日历", "每月提醒", "https://bank.example/c", null)))
                .isEqualTo(
                        json(
                                """
                                {"title": "还款日历", "desc": "每月提醒",
                                 "url": "https://bank.example/c", "thumb_media_id": "MEDIA-1"}
                                """));
        assertThat(sent(new Content.MiniProgram("手机银行", "wx9", "pages/index", null)))
                .isEqualTo(
                        json(
                                """
                                {"appid": "wx9", "title": "手机银行", "pagepath": "pages/index",
                                 "thumb_media_id": "MEDIA-1"}
                                """));
        assertThat(
                        sent(
                                new Content.Suggestions(
                                        "您想问的是：",
                                        List.of(new Content.Option("repay", "怎么还款")),
                                        "或直接输入")))
                .isEqualTo(
                        json(
                                """
                                {"head_content": "您想问的是：",
                                 "list": [{"type": "click",
                                           "click": {"id": "repay", "content": "怎么还款"}}],
                                 "tail_content": "或直接输入"}
                                """));
        assertThat(sent(new Content.Native("ca_link", Map.of("link_url", "https://work.example"))))
                .isEqualTo(json("{\"link_url\": \"https://work.example\"}"));
        // The picture of cards without one went up once.
        assertThat(platform.platform.requests(FakeKf.UPLOAD)).hasSize(1);
    }

    @Test
    void uploadsAFileUnderTheNameThatTheCustomerSees() {
        assertThat(sent(new Content.File(SampleFiles.FILE, "三月\"账单\".pdf", 64L)))
                .isEqualTo(json("{\"media_id\": \"MEDIA-1\"}"));

        var upload = platform.platform.requests(FakeKf.UPLOAD).getFirst();
        assertThat(upload.query()).contains("type=file", "access_token=ACCESS-1");
        assertThat(upload.headers().get("content-type"))
                .startsWith("multipart/form-data; boundary=");
        assertThat(upload.headers()).containsEntry("content-length", "" + upload.body().length);
        assertThat(upload.text())
                .contains("name=\"media\"; filename=\"三月账单.pdf\"; filelength=64")
                .contains("Content-Type: application/pdf")
                .contains("%PDF-1.7");
    }

    @Test
    void uploadsOnceMoreWhatThePlatformHasForgotten() {
        platform.platform.answers(
                FakeKf.SEND, "{\"errcode\":40007,\"errmsg\":\"invalid media_id\"}", FakeKf.OK);
        var known = new Media("image", "FORGOTTEN", null, "image/jpeg", 64L);

        deliver(new Content.Image(known));

        assertThat(platform.platform.requests(FakeKf.SEND))
                .extracting(request -> request.json().path("image").path("media_id").asString())
                .containsExactly("FORGOTTEN", "MEDIA-1");
    }

    @Test
    void greetsWhoHasJustComeInByTheirCodeAndOnlyOnce() {
        kit.codes.kept.put(CODE_KEY, new Code("WELCOME", Kit.NOW.plusSeconds(20)));

        deliver(new Content.Text("欢迎光临"));
        deliver(new Content.Text("请问有什么可以帮您"));

        assertThat(platform.platform.requests(FakeKf.ON_EVENT))
                .singleElement()
                .satisfies(
                        request ->
                                assertThat(request.json())
                                        .isEqualTo(
                                                json(
                                                        """
                                                        {"code": "WELCOME", "msgid": "%s",
                                                         "msgtype": "text",
                                                         "text": {"content": "欢迎光临"}}
                                                        """
                                                                .formatted(MSGID))));
        assertThat(platform.platform.requests(FakeKf.SEND)).hasSize(1);
    }

    @Test
    void sendsInTheOrdinaryWayWhenTheCodeIsNoGood() {
        kit.codes.kept.put(CODE_KEY, new Code("SPENT", Kit.NOW.plusSeconds(20)));
        platform.platform.answer(
                FakeKf.ON_EVENT, "{\"errcode\":40029,\"errmsg\":\"invalid code\"}");

        deliver(new Content.Text("欢迎光临"));

        assertThat(platform.platform.requests(FakeKf.SEND)).hasSize(1);
    }

    @Test
    void keepsACodeThatThePlatformHasCertainlyNotTaken() {
        kit.codes.kept.put(CODE_KEY, new Code("WELCOME", Kit.NOW.plusSeconds(20)));
        platform.platform.answer(FakeKf.ON_EVENT, "{\"errcode\":-1,\"errmsg\":\"system busy\"}");

        assertThatThrownBy(() -> deliver(new Content.Text("欢迎光临"))).isInstanceOf(Unavailable.class);

        assertThat(kit.codes.kept).containsKey(CODE_KEY);
        assertThat(platform.platform.requests(FakeKf.SEND)).isEmpty();
    }

    @Test
    void usesACodeThatAMessageBringsItself() {
        deliver(
                new Content.Native(
                        "send_msg_on_event",
                        Map.of(
                                "code",
                                "MSG-CODE",
                                "msgtype",
                                "text",
                                "text",
                                Map.of("content", "感谢您的咨询"))));

        assertThat(platform.platform.requests(FakeKf.ON_EVENT).getFirst().json())
                .isEqualTo(
                        json(
                                """
                                {"code": "MSG-CODE", "msgtype": "text",
                                 "text": {"content": "感谢您的咨询"}, "msgid": "%s"}
                                """
                                        .formatted(MSGID)));
    }

    @Test
    void takesASessionThatNobodyHasTakenYet() {
        platform.platform.answers(
                FakeKf.SEND,
                "{\"errcode\":95018,\"errmsg\":\"send msg session status invalid\"}",
                FakeKf.OK);
        platform.platform.answer(
                FakeKf.STATE, "{\"errcode\":0,\"errmsg\":\"ok\",\"service_state\":0}");
        platform.platform.answer(FakeKf.TRANS, "{\"errcode\":0,\"errmsg\":\"ok\"}");

        assertThat(deliver(new Content.Text("您好")).platformId()).isEqualTo("MSG-1");

        assertThat(platform.platform.requests(FakeKf.TRANS).getFirst().json())
                .isEqualTo(
                        json(
                                """
                                {"open_kfid": "%s", "external_userid": "%s", "service_state": 1}
                                """
                                        .formatted(Accounts.KFID, Accounts.PARTY)));
    }

    @Test
    void leavesASessionToThePersonWhoHasIt() {
        platform.platform.answer(
                FakeKf.SEND, "{\"errcode\":95018,\"errmsg\":\"send msg session status invalid\"}");
        platform.platform.answer(
                FakeKf.STATE,
                "{\"errcode\":0,\"errmsg\":\"ok\",\"service_state\":3,\"servicer_userid\":\"lisi\"}");

        var held = catchThrowableOfType(WindowClosed.class, () -> deliver(new Content.Text("您好")));

        assertThat(Reasons.words(held.reason(), Locale.CHINA))
                .startsWith("客户正由人工接待（")
                .contains("95018")
                .doesNotContain("lisi");
        assertThat(platform.platform.requests(FakeKf.TRANS)).isEmpty();
    }

    @Test
    void endsTheSessionWhenTheConversationIsOver() {
        platform.platform.answer(
                FakeKf.TRANS, "{\"errcode\":0,\"errmsg\":\"ok\",\"msg_code\":\"MSG-CODE\"}");
        var end = kit.channel.told("demo", Handing.OVER).orElseThrow();

        assertThat(kit.channel.route(end)).isEqualTo(new Route("trans", false));
        deliver(end);

        assertThat(platform.platform.requests(FakeKf.TRANS).getFirst().json())
                .isEqualTo(
                        json(
                                """
                                {"open_kfid": "%s", "external_userid": "%s", "service_state": 4}
                                """
                                        .formatted(Accounts.KFID, Accounts.PARTY)));
        assertThat(platform.platform.requests(FakeKf.SEND)).isEmpty();
    }

    @Test
    void saysTheLastWordsByTheCodeOfTheEnd() {
        platform.platform.answer(
                FakeKf.TRANS, "{\"errcode\":0,\"errmsg\":\"ok\",\"msg_code\":\"MSG-CODE\"}");
        deliver(kit.channel.told("demo", Handing.OVER).orElseThrow());
        assertThat(kit.codes.kept)
                .containsEntry(CODE_KEY, new Code("MSG-CODE", Kit.NOW.plusSeconds(20)));

        deliver(new Content.Text("请为本次服务打分"));

        assertThat(platform.platform.requests(FakeKf.ON_EVENT).getFirst().json().path("code"))
                .isEqualTo(json("\"MSG-CODE\""));
        assertThat(platform.platform.requests(FakeKf.SEND)).isEmpty();
    }

    @Test
    void isDoneWhereTheSessionIsOverAlready() {
        platform.platform.answer(FakeKf.TRANS, "{\"errcode\":95016,\"errmsg\":\"not allowed\"}");
        var end = kit.channel.told("demo", Handing.OVER).orElseThrow();

        platform.platform.answer(
                FakeKf.STATE, "{\"errcode\":0,\"errmsg\":\"ok\",\"service_state\":4}");
        deliver(end);

        platform.platform.answer(
                FakeKf.STATE, "{\"errcode\":0,\"errmsg\":\"ok\",\"service_state\":1}");
        // Not a matter of the reply window, which stays as it is.
        assertThatThrownBy(() -> deliver(end))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("95016"));
    }

    @Test
    void leavesWhoIsToGetAPersonToTheDeskUnlessToldOtherwise() {
        assertThat(kit.channel.told("demo", Handing.TO_COLLEAGUE)).isEmpty();
        assertThat(kit.channel.told("gone", Handing.OVER)).isEmpty();
    }

    @Test
    void leavesTheSessionOfAClosedConversationOpenUnlessToldOtherwise() {
        try (var open = new Kit(platform, Map.of("end-session", ""))) {
            assertThat(open.channel.told("demo", Handing.OVER)).isEmpty();
        }
    }

    @Test
    void passesWhoIsToGetAPersonToTheServicers() {
        platform.platform.answer(FakeKf.TRANS, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        try (var pool = new Kit(platform, Map.of("person", "servicers"))) {
            deliver(pool, pool.channel.told("demo", Handing.TO_COLLEAGUE).orElseThrow());
        }

        assertThat(platform.platform.requests(FakeKf.TRANS))
                .extracting(request -> request.json().path("service_state").asInt())
                .containsExactly(2);
    }

    @Test
    void passesThemToWhoeverComesWhereTheOneNamedIsNotAtWork() {
        platform.platform.answers(
                FakeKf.TRANS,
                "{\"errcode\":95014,\"errmsg\":\"not a servicer\"}",
                "{\"errcode\":0,\"errmsg\":\"ok\"}");
        try (var one =
                new Kit(platform, Map.of("person", "servicers", "servicer-userid", "lisi"))) {
            deliver(one, one.channel.told("demo", Handing.TO_COLLEAGUE).orElseThrow());
        }

        var calls = platform.platform.requests(FakeKf.TRANS);
        assertThat(calls.getFirst().json().path("service_state").asInt()).isEqualTo(3);
        assertThat(calls.getFirst().json().path("servicer_userid").asString()).isEqualTo("lisi");
        assertThat(calls.getLast().json().path("service_state").asInt()).isEqualTo(2);
        assertThat(calls.getLast().json().has("servicer_userid")).isFalse();
    }

    @Test
    void refreshesAStaleTokenOnce() {
        platform.platform.script(
                FakeKf.SEND,
                (request, response) ->
                        FakePlatform.json(
                                response,
                                request.query().contains("ACCESS-1")
                                        ? "{\"errcode\":42001,\"errmsg\":\"access_token expired\"}"
                                        : FakeKf.OK));

        deliver(new Content.Text("您好"));
        deliver(new Content.Text("还在吗"));

        assertThat(platform.platform.requests(FakeKf.GET_TOKEN))
                .hasSize(2)
                .first()
                .satisfies(
                        request ->
                                assertThat(request.query())
                                        .isEqualTo(
                                                "corpid="
                                                        + Accounts.CORP
                                                        + "&corpsecret="
                                                        + Accounts.SECRET));
    }

    @Test
    void isNotWellBeforeThePlatformHasGivenAToken() {
        platform.platform.answer(
                FakeKf.GET_TOKEN, "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}");

        for (var look = 0; look < 3; look++) {
            assertThat(kit.channel.health("demo").collectList().block(Kit.PATIENCE))
                    .contains(HealthSign.ill("token", "refused"));
        }
        assertThat(platform.platform.requests(FakeKf.GET_TOKEN)).hasSize(1);
    }

    @Test
    void knowsForHowLongItsTokenIsGoodBeforeAnythingWasSent() {
        assertThat(kit.channel.health("demo").collectList().block(Kit.PATIENCE))
                .anySatisfy(
                        sign -> {
                            assertThat(sign.part()).isEqualTo("token");
                            assertThat(sign.problem()).isNull();
                            assertThat(sign.until()).isNotNull();
                        });
    }

    @Test
    void saysThatTheSecretIsWrong() {
        platform.platform.answer(
                FakeKf.GET_TOKEN, "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}");

        assertThatThrownBy(() -> deliver(new Content.Text("您好")))
                .hasMessageContaining("40001")
                .hasMessageNotContaining(Accounts.SECRET);
        assertThat(kit.channel.health("demo").collectList().block(Kit.PATIENCE))
                .anySatisfy(
                        sign -> {
                            assertThat(sign.part()).isEqualTo("token");
                            assertThat(sign.problem()).isEqualTo("refused");
                        });
    }

    @Test
    void knowsWhichMenusThePlatformHasRoomFor() {
        var option = new Content.Option("a", "怎么还款");
        var menu = new Content.Suggestions("您想问的是：", List.of(option), null);
        var wide =
                new Content.Suggestions(
                        "您想问的是：", List.of(new Content.Option("a", "还".repeat(43))), null);

        assertThat(kit.channel.canSay("demo", menu)).isTrue();
        assertThat(kit.channel.canSay("demo", wide)).isFalse();
    }

    @Test
    void refusesAVoiceNoteThatIsNotAmr() {
        var mp3 = new Media("image", null, null, "audio/mpeg", 64L);

        assertThatThrownBy(() -> deliver(new Content.Voice(mp3, null, "mp3")))
                .isInstanceOf(Refused.class);
        assertThat(platform.platform.requests(FakeKf.UPLOAD)).isEmpty();
    }

    @Test
    void takesACustomersFileFromThePlatform() {
        platform.platform.script(
                FakeKf.DOWNLOAD,
                (request, response) ->
                        FakePlatform.body(
                                response.header(
                                        "Content-Disposition", "attachment; filename=\"a.pdf\""),
                                "application/pdf",
                                "%PDF-1.7".getBytes(StandardCharsets.US_ASCII)));

        assertThat(fetch("M4")).isEqualTo("a.pdf application/pdf %PDF-1.7");
        assertThat(platform.platform.requests(FakeKf.DOWNLOAD).getFirst().query())
                .isEqualTo("access_token=ACCESS-1&media_id=M4");
    }

    @Test
    void tellsAFileThatIsGoneFromOneThatMayCome() {
        platform.platform.answer(
                FakeKf.DOWNLOAD, "{\"errcode\":40007,\"errmsg\":\"invalid media_id\"}");
        assertThat(catchThrowableOfType(MediaUnavailable.class, () -> fetch("M4")).lasting())
                .isTrue();

        platform.platform.answer(FakeKf.DOWNLOAD, "{\"errcode\":-1,\"errmsg\":\"system busy\"}");
        assertThat(catchThrowableOfType(MediaUnavailable.class, () -> fetch("M4")).lasting())
                .isFalse();

        platform.platform.answer(FakeKf.DOWNLOAD, "{\"errcode\":45009,\"errmsg\":\"limit\"}");
        assertThat(catchThrowableOfType(MediaUnavailable.class, () -> fetch("M4")).rest())
                .hasMinutes(1);
    }

    private String fetch(String mediaId) {
        return Objects.requireNonNull(
                kit.channel
                        .fetch(
                                to(),
                                Media.onPlatform(mediaId, null),
                                file ->
                                        DataBufferUtils.join(file.bytes())
                                                .map(
                                                        all -> {
                                                            var text =
                                                                    all.toString(
                                                                            StandardCharsets.UTF_8);
                                                            DataBufferUtils.release(all);
                                                            return file.name()
                                                                    + " "
                                                                    + file.mimeType()
                                                                    + " "
                                                                    + text;
                                                        }))
                        .block(Kit.PATIENCE));
    }

    private JsonNode sent(Content content) {
        deliver(content);
        var request = platform.platform.requests(FakeKf.SEND).getLast().json();
        return request.path(request.path("msgtype").asString());
    }

    private Accepted deliver(Content content) {
        return deliver(kit, content);
    }

    private static Accepted deliver(Kit by, Content content) {
        return Objects.requireNonNull(
                by.channel
                        .deliver(new OutboundMessage(DELIVERY, to(), Author.BOT, content))
                        .block(Kit.PATIENCE));
    }

    private static Address to() {
        return new Address("wecom-kf", "demo", Accounts.PARTY);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
