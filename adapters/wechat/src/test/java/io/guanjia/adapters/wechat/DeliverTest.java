package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class DeliverTest {

    private static final Content HELLO = new Content.Text("您好");

    private final FakePlatform platform = Weixin.platform();
    private final WechatChannel channel = channel(Map.of());

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    static Stream<Arguments> contents() {
        var media = Media.onPlatform("m1", null);
        return Stream.of(
                Arguments.of(
                        new Content.Text("好 \"的\"\n😀 <a>"),
                        "{'touser':'o1','msgtype':'text','text':{'content':'好 \\\"的\\\"\\n"
                                + "😀 <a>'}}"),
                Arguments.of(
                        new Content.Image(media),
                        "{'touser':'o1','msgtype':'image','image':{'media_id':'m1'}}"),
                Arguments.of(
                        new Content.Voice(media, null, null),
                        "{'touser':'o1','msgtype':'voice','voice':{'media_id':'m1'}}"),
                Arguments.of(
                        new Content.Video(media, Media.onPlatform("m2", null), "t", "d"),
                        "{'touser':'o1','msgtype':'video','video':{'media_id':'m1',"
                                + "'thumb_media_id':'m2','title':'t','description':'d'}}"),
                Arguments.of(
                        new Content.Link("t", "d", "https://example.com", "p"),
                        "{'touser':'o1','msgtype':'news','news':{'articles':[{'title':'t',"
                                + "'description':'d','url':'https://example.com','picurl':'p'}]}}"),
                Arguments.of(
                        new Content.MiniProgram("t", "wx1", "p?a=1", Media.onPlatform("m2", null)),
                        "{'touser':'o1','msgtype':'miniprogrampage','miniprogrampage':{'title':'t',"
                                + "'appid':'wx1','pagepath':'p?a=1','thumb_media_id':'m2'}}"),
                Arguments.of(
                        new Content.Suggestions(
                                "您想问：", List.of(new Content.Option("101", "查账单")), "其他"),
                        "{'touser':'o1','msgtype':'msgmenu','msgmenu':{'head_content':'您想问：',"
                                + "'list':[{'id':'101','content':'查账单'}],"
                                + "'tail_content':'其他'}}"),
                Arguments.of(
                        new Content.Native("mpnewsarticle", Map.of("article_id", "a1")),
                        "{'touser':'o1','msgtype':'mpnewsarticle',"
                                + "'mpnewsarticle':{'article_id':'a1'}}"),
                Arguments.of(
                        new Content.Native("mpnews", Map.of("media_id", "m1")),
                        "{'touser':'o1','msgtype':'mpnews','mpnews':{'media_id':'m1'}}"),
                Arguments.of(
                        new Content.Native("wxcard", Map.of("card_id", "c1")),
                        "{'touser':'o1','msgtype':'wxcard','wxcard':{'card_id':'c1'}}"),
                Arguments.of(
                        new Content.Native(
                                "music",
                                Map.of("musicurl", "u", "hqmusicurl", "h", "thumb_media_id", "m")),
                        "{'touser':'o1','msgtype':'music','music':{'musicurl':'u',"
                                + "'hqmusicurl':'h','thumb_media_id':'m'}}"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void sendsEachKindOfContentAsThePlatformWantsIt(Content content, String json) {
        assertThat(deliver(content)).isEqualTo(new Accepted(""));

        var sent = platform.requests(Api.CUSTOM_SEND.path()).getFirst();
        assertThat(sent.json()).isEqualTo(JsonMapper.shared().readTree(json.replace('\'', '"')));
        assertThat(sent.query()).isEqualTo("access_token=token-1");
        assertThat(channel.route(content).api()).isEqualTo("custom-send");
        assertThat(channel.route(content).usesWindow()).isTrue();
    }

    @Test
    void sendsNoUnicodeEscapes() {
        deliver(new Content.Text("好\u0001\b\f😀\u2028'<>&=\t末"));
        deliver(new Content.Native("text", Map.of("content", "好\u0001😀\u2029末")));

        assertThat(platform.requests(Api.CUSTOM_SEND.path()))
                .extracting(FakePlatform.Request::text)
                .allSatisfy(text -> assertThat(text).doesNotContain("\\u").contains("😀"));
        assertThat(
                        platform.requests(Api.CUSTOM_SEND.path())
                                .getFirst()
                                .json()
                                .at("/text/content")
                                .asString())
                .isEqualTo("好😀\n'<>&=\t末");
    }

    @Test
    void sendsInTheNameOfTheCustomerServiceAccountOfTheSettings() {
        var named = channel(Map.of("customer-service-account", "guanjia@bank"));
        deliver(named, HELLO);
        deliver(named, new Content.Native("wxcard", Map.of("card_id", "c1")));

        assertThat(platform.requests(Api.CUSTOM_SEND.path()))
                .extracting(request -> request.json().at("/customservice/kf_account").asString())
                .containsExactly("guanjia@bank", "guanjia@bank");
    }

    @Test
    void refusesWhatCannotBeSaidWithoutAskingThePlatform() {
        assertThat(
                        List.of(
                                new Content.Location(1, 2, null, null),
                                new Content.File(Media.onPlatform("m", null), null, null),
                                new Content.Choice("1", "x"),
                                new Content.Unreadable("x"),
                                new Content.Image(Media.onPlatform(null, "http://a/b")),
                                new Content.Native("transfer_customer_service", Map.of()),
                                new Event.Unfollowed()))
                .allSatisfy(content -> assertThat(failure(content)).isInstanceOf(Refused.class));
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).isEmpty();
    }

    @Test
    void sendsTemplatesWithAKeyAgainstRepetition() {
        platform.answer(
                Api.TEMPLATE_SEND.path(), "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":200228332}");
        var template =
                new Content.Template(
                        Content.Template.Kind.NOTIFICATION,
                        "T1",
                        "https://example.com",
                        new Content.Template.MiniProgramTarget("wx1", "index?a=b"),
                        Map.of("thing1", "账单"));

        assertThat(deliver(template)).isEqualTo(new Accepted("200228332"));
        assertThat(channel.route(template).api()).isEqualTo("template-send");
        assertThat(channel.route(template).usesWindow()).isFalse();
        assertThat(platform.requests(Api.TEMPLATE_SEND.path()).getFirst().json())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"touser":"o1","template_id":"T1",
                                         "url":"https://example.com",
                                         "client_msg_id":"0190b6d21c3a7000800000000000000a",
                                         "miniprogram":{"appid":"wx1","pagepath":"index?a=b"},
                                         "data":{"thing1":{"value":"账单"}}}
                                        """));
    }

    @Test
    void sendsSubscriptionMessages() {
        platform.answer(
                Api.SUBSCRIBE_BIZSEND.path(),
                "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":1700827132819554304}");
        var template =
                new Content.Template(
                        Content.Template.Kind.SUBSCRIPTION,
                        "T1",
                        "pages/card",
                        new Content.Template.MiniProgramTarget("wx1", "index"),
                        Map.of("thing1", "账单"));

        assertThat(deliver(template)).isEqualTo(new Accepted("1700827132819554304"));
        assertThat(channel.route(template).api()).isEqualTo("subscribe-bizsend");
        assertThat(platform.requests(Api.SUBSCRIBE_BIZSEND.path()).getFirst().json())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"touser":"o1","template_id":"T1","page":"pages/card",
                                         "miniprogram":{"appid":"wx1","pagepath":"index"},
                                         "data":{"thing1":{"value":"账单"}}}
                                        """));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, Unavailable",
        "45011, Throttled",
        "45015, WindowClosed",
        "45047, WindowClosed",
        "43004, Unreachable",
        "48002, Unreachable",
        "40003, Unreachable",
        "45002, Refused",
        "87014, Refused",
        "40013, Refused",
        "123456, Refused",
        "45009, Blocked",
        "48001, Blocked",
        "40164, Blocked",
    })
    void turnsErrorCodesIntoWhatToDoNext(int code, String kind) {
        platform.answer(
                Api.CUSTOM_SEND.path(), "{\"errcode\":" + code + ",\"errmsg\":\"secret o1 rid\"}");

        var failure = failure(HELLO);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.reason()).contains("" + code).doesNotContain("o1", "rid");
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).hasSize(1);
    }

    @Test
    void saysWhatIsBlockedAndForHowLong() {
        platform.answer(Api.CUSTOM_SEND.path(), "{\"errcode\":45009}");
        var quota = (Blocked) failure(HELLO);
        platform.answer(Api.CUSTOM_SEND.path(), "{\"errcode\":48001}");
        var forbidden = (Blocked) failure(HELLO);
        platform.answer(Api.CUSTOM_SEND.path(), "{\"errcode\":61004}");
        var address = (Blocked) failure(HELLO);

        assertThat(quota.api()).isEqualTo("custom-send");
        // Midnight in China after 2023-11-14T22:13:23Z.
        assertThat(quota.until()).isEqualTo(Instant.parse("2023-11-15T16:00:00Z"));
        assertThat(forbidden.api()).isEqualTo("custom-send");
        assertThat(forbidden.until()).isNull();
        assertThat(address.api()).isNull();
    }

    @Test
    void takesTheSecondSendOfATemplateForTheFirst() {
        platform.answer(
                Api.TEMPLATE_SEND.path(),
                "{\"errcode\":45065,\"errmsg\":\"exist\",\"msg_id\":123456}");

        assertThat(
                        deliver(
                                new Content.Template(
                                        Content.Template.Kind.NOTIFICATION,
                                        "T1",
                                        null,
                                        null,
                                        Map.of())))
                .isEqualTo(new Accepted("123456"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40001, 40014, 42001})
    void refreshesAStaleTokenOnceAndSendsAgain(int code) {
        Weixin.tokens(platform, "token-1", "token-2");
        platform.answers(Api.CUSTOM_SEND.path(), "{\"errcode\":" + code + "}", Weixin.OK);

        assertThat(deliver(HELLO)).isEqualTo(new Accepted(""));
        assertThat(platform.requests(Api.CUSTOM_SEND.path()))
                .extracting(FakePlatform.Request::query)
                .containsExactly("access_token=token-1", "access_token=token-2");
    }

    @Test
    void forcesANewTokenOnlyWhereThePlatformStillHandsOutTheRejectedOne() {
        deliver(HELLO);
        // Replaced behind our back: no need to force.
        Weixin.tokens(platform, "token-9");
        platform.script(
                Api.CUSTOM_SEND.path(),
                (request, response) ->
                        FakePlatform.json(
                                response,
                                request.query().endsWith("token-9")
                                        ? Weixin.OK
                                        : "{\"errcode\":40001}"));

        assertThat(deliver(HELLO)).isEqualTo(new Accepted(""));
        assertThat(platform.requests(Api.STABLE_TOKEN.path()))
                .extracting(request -> request.json().path("force_refresh").asBoolean())
                .containsOnly(false);
    }

    @Test
    void refreshesOnceHoweverManySendsAreRejected() {
        Weixin.tokens(platform, "token-1", "token-2");
        platform.script(
                Api.CUSTOM_SEND.path(),
                (request, response) ->
                        FakePlatform.json(
                                response,
                                request.query().endsWith("token-2")
                                        ? Weixin.OK
                                        : "{\"errcode\":40001}"));

        var accepted =
                Flux.range(0, 100)
                        .flatMap(i -> channel.deliver(message(HELLO)), 100)
                        .collectList()
                        .block(Duration.ofSeconds(20));

        assertThat(accepted).hasSize(100);
        assertThat(platform.requests(Api.STABLE_TOKEN.path()))
                .filteredOn(request -> request.json().path("force_refresh").asBoolean())
                .hasSize(1);
    }

    @Test
    void blocksTheAccountWhenEvenAFreshTokenIsRejected() {
        Weixin.tokens(platform, "token-1", "token-2");
        platform.answer(Api.CUSTOM_SEND.path(), "{\"errcode\":40001}");

        var failure = (Blocked) failure(HELLO);

        assertThat(failure.api()).isNull();
        assertThat(failure.until()).isNull();
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).hasSize(2);
    }

    @Test
    void doesNotForceASecondTokenWithinHalfAMinute() {
        Weixin.tokens(platform, "token-1", "token-2", "token-3");
        platform.answer(Api.CUSTOM_SEND.path(), "{\"errcode\":40001}");
        failure(HELLO);

        assertThat(failure(HELLO)).isInstanceOf(Throttled.class);
        assertThat(platform.requests(Api.STABLE_TOKEN.path()))
                .filteredOn(request -> request.json().path("force_refresh").asBoolean())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "40125, Blocked",
        "40013, Blocked",
        "40164, Blocked",
        "-1, Unavailable",
        "45011, Throttled"
    })
    void saysWhyThereIsNoToken(int code, String kind) {
        platform.answer(Api.STABLE_TOKEN.path(), "{\"errcode\":" + code + "}");

        var failure = failure(HELLO);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.reason()).startsWith("access token: errcode " + code);
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).isEmpty();
    }

    @Test
    void maySendAgainWhenNothingWasSent() throws IOException {
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var dead = channel(Map.of("api-base", "http://127.0.0.1:" + nobody.getLocalPort()));
            nobody.close();

            assertThat(catchThrowableOfType(DeliveryException.class, () -> deliver(dead, HELLO)))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void doesNotKnowWhatHappenedWhenTheAnswerNeverComes() {
        var hasty = channel(Map.of("timeout", "300ms"));
        platform.script(Api.CUSTOM_SEND.path(), (request, response) -> Mono.never());

        assertThat(catchThrowableOfType(DeliveryException.class, () -> deliver(hasty, HELLO)))
                .isInstanceOf(OutcomeUnknown.class);
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).hasSize(1);
    }

    @Test
    void doesNotKnowWhatHappenedWhenTheConnectionBreaksAfterwards() {
        platform.script(
                Api.CUSTOM_SEND.path(),
                (request, response) -> {
                    response.withConnection(connection -> connection.channel().close());
                    return Mono.never();
                });

        assertThat(failure(HELLO)).isInstanceOf(OutcomeUnknown.class);
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500, Unavailable",
        "503, Unavailable",
        "502, OutcomeUnknown",
        "504, OutcomeUnknown",
        "429, Throttled",
        "404, Refused",
    })
    void readsHttpErrors(int status, String kind) {
        platform.script(
                Api.CUSTOM_SEND.path(), (request, response) -> response.status(status).send());

        assertThat(failure(HELLO).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void stopsReadingAnAnswerThatDoesNotEnd() {
        platform.script(
                Api.CUSTOM_SEND.path(),
                (request, response) ->
                        response.chunkedTransfer(true)
                                .sendString(Flux.just(" ".repeat(4096)).repeat(1_000)));

        assertThat(failure(HELLO).reason()).isEqualTo("answer too large");
    }

    @Test
    void knowsWhatItCannotSay() {
        var quiet = channel(Map.of("customer-service-messages", "false"));
        var ours = new Content.Image(new Media("id-1", null, null, "image/png", 1L));

        assertThat(channel.canSay("demo", HELLO)).isTrue();
        assertThat(channel.canSay("demo", ours)).isTrue();
        assertThat(channel.canSay("demo", new Content.File(ours.media(), "a.pdf", 1L))).isFalse();
        assertThat(quiet.canSay("demo", HELLO)).isTrue();
        assertThat(quiet.canSay("demo", ours)).isFalse();
        assertThat(quiet.canSay("demo", new Content.Image(Media.onPlatform("m1", null)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>busy</html>", "[]", "null"})
    void doesNotKnowWhatAnUnreadableAnswerMeans(String body) {
        platform.answer(Api.CUSTOM_SEND.path(), body);

        assertThat(failure(HELLO)).isInstanceOf(OutcomeUnknown.class);
    }

    /** Whoever can change where an account calls is not handed what it still has. */
    @Test
    void keepsATokenFromAnAddressThatItDidNotComeFrom() {
        deliver(HELLO);
        try (var elsewhere = Weixin.platform()) {
            Weixin.tokens(elsewhere, "token-of-elsewhere");
            channel.replaceAccounts(
                    List.of(
                            Accounts.demo(
                                    Map.of(
                                            "api-base",
                                            elsewhere.address().toString(),
                                            "secret",
                                            "made-up"))));
            deliver(HELLO);

            assertThat(elsewhere.all())
                    .isNotEmpty()
                    .noneMatch(request -> request.query().contains("token-1"));
        }
    }

    @Test
    void isNotLedAstrayByARedirect() {
        platform.script(
                Api.CUSTOM_SEND.path(),
                (request, response) -> response.sendRedirect(platform.address() + "/elsewhere"));
        platform.script(
                "/elsewhere", (request, response) -> FakePlatform.json(response, Weixin.OK));

        assertThat(failure(HELLO)).isInstanceOf(Refused.class);
    }

    @Test
    void tellsNoTokenInItsErrors() {
        var hasty = channel(Map.of("timeout", "300ms"));
        platform.script(Api.CUSTOM_SEND.path(), (request, response) -> Mono.never());

        var failure = catchThrowableOfType(DeliveryException.class, () -> deliver(hasty, HELLO));

        assertThat(failure).hasNoCause();
        assertThat(failure.toString()).doesNotContain("token-1", "access_token", "o1");
    }

    @Test
    void showsTheTypingSignAndTakesItBack() {
        platform.answers(Api.TYPING.path(), Weixin.OK, "{\"errcode\":45081}");
        var customer = new Address("wechat", "demo", "o1");

        channel.typing(customer, true).block();
        channel.typing(customer, false).block();

        assertThat(platform.requests(Api.TYPING.path()))
                .extracting(request -> request.json().path("command").asString())
                .containsExactly("Typing", "CancelTyping");
    }

    @Test
    void blocksAnAccountThatIsGone() {
        channel.replaceAccounts(List.of());

        assertThat(failure(HELLO)).isInstanceOf(Blocked.class);
        assertThat(channel.accounts()).isEmpty();
    }

    @Test
    void typesItsErrorsByWhatToDoNext() {
        // The window and the party are different things: one comes back, the other does not.
        platform.answers(Api.CUSTOM_SEND.path(), "{\"errcode\":45015}", "{\"errcode\":50005}");

        assertThat(failure(HELLO)).isInstanceOf(WindowClosed.class);
        assertThat(failure(HELLO)).isInstanceOf(Unreachable.class);
    }

    @Test
    void saysWhatIsLeftOfTheDaysCallsAndAsksOnceForManyLooks() {
        platform.script(
                Api.QUOTA_GET.path(),
                (request, response) ->
                        FakePlatform.json(
                                response,
                                switch (request.json().path("cgi_path").asString()) {
                                    case "/cgi-bin/message/custom/send" -> quota(500_000, 499_000);
                                    case "/cgi-bin/message/template/send" -> quota(0, 0);
                                    default -> "{\"errcode\":76022,\"errmsg\":\"no\"}";
                                }));

        await().untilAsserted(
                        () ->
                                assertThat(channel.callsLeft("demo").collectList().block())
                                        .containsExactly(
                                                CallsLeft.today("custom-send", 499_000, 500_000)));
        channel.callsLeft("demo").blockLast();
        assertThat(platform.requests(Api.QUOTA_GET.path())).hasSize(3);
    }

    private static String quota(int limit, int left) {
        return "{\"errcode\":0,\"quota\":{\"daily_limit\":%d,\"used\":%d,\"remain\":%d}}"
                .formatted(limit, limit - left, left);
    }

    private WechatChannel channel(Map<String, String> changes) {
        var settings = new HashMap<>(Map.of("api-base", platform.address().toString()));
        settings.putAll(changes);
        return Channels.with(Accounts.demo(settings));
    }

    private static OutboundMessage message(Content content) {
        return new OutboundMessage(
                "0190b6d2-1c3a-7000-8000-00000000000a",
                new Address("wechat", "demo", "o1"),
                Author.BOT,
                content);
    }

    private Accepted deliver(Content content) {
        return deliver(channel, content);
    }

    private static Accepted deliver(WechatChannel channel, Content content) {
        var accepted = channel.deliver(message(content)).block(Duration.ofSeconds(20));
        assertThat(accepted).isNotNull();
        return accepted;
    }

    private DeliveryException failure(Content content) {
        return catchThrowableOfType(DeliveryException.class, () -> deliver(content));
    }
}
