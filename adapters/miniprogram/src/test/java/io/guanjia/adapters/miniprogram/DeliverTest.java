package io.guanjia.adapters.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Content.Template;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

class DeliverTest {

    private static final Address CUSTOMER = new Address("miniprogram", "shop", "o1");
    private static final Media ON_PLATFORM = Media.onPlatform("m9", null);

    private final FakePlatform platform = Shop.platform();
    private final MiniProgramChannel channel =
            Shop.channel(Map.of("api-base", platform.address().toString(), "state", "trial"));

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of(
                        new Content.Text("好 \"的\"\n😀 <a>"),
                        "{'touser':'o1','msgtype':'text','text':{'content':'好 \\\"的\\\"\\n"
                                + "😀 <a>'}}"),
                Arguments.of(
                        new Content.Image(ON_PLATFORM),
                        "{'touser':'o1','msgtype':'image','image':{'media_id':'m9'}}"),
                Arguments.of(
                        new Content.Link("t", "d", "https://example.com?a=b==", "p"),
                        "{'touser':'o1','msgtype':'link','link':{'title':'t','description':'d',"
                                + "'url':'https://example.com?a=b==','thumb_url':'p'}}"),
                Arguments.of(
                        new Content.MiniProgram("t", Shop.APP_ID, "p?a=1", ON_PLATFORM),
                        "{'touser':'o1','msgtype':'miniprogrampage','miniprogrampage':"
                                + "{'title':'t','pagepath':'p?a=1','thumb_media_id':'m9'}}"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void sendsEachKindOfContentAsThePlatformWantsIt(Content content, String json) {
        assertThat(deliver(content)).isEqualTo(new Accepted(""));

        assertThat(sent(Api.CUSTOM_SEND)).containsExactly(json.replace('\'', '"'));
    }

    @Test
    void uploadsTheCoverOfACardAsAPicture() {
        deliver(new Content.MiniProgram("t", Shop.APP_ID, "p", SampleFiles.THUMBNAIL));

        assertThat(platform.requests(Api.MEDIA_UPLOAD.path()).getFirst().query())
                .endsWith("&type=image");
        assertThat(sent(Api.CUSTOM_SEND).getFirst()).contains("\"thumb_media_id\":\"m1\"");
    }

    @Test
    void aCardWithoutAPictureGetsOneOfOursWhichIsUploadedOnce() {
        var card = new Content.MiniProgram("t", Shop.APP_ID, "p", null);

        deliver(card);
        deliver(card);

        assertThat(platform.requests(Api.MEDIA_UPLOAD.path()))
                .singleElement()
                .satisfies(upload -> assertThat(upload.query()).endsWith("&type=image"));
        assertThat(sent(Api.CUSTOM_SEND))
                .hasSize(2)
                .allSatisfy(said -> assertThat(said).contains("\"thumb_media_id\":\"m1\""));
    }

    @Test
    void sendsSubscriptionMessages() {
        platform.answer(
                Api.SUBSCRIBE_SEND.path(), "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":123}");

        var accepted = deliver(template(Template.Kind.SUBSCRIPTION, "pages/order?id=8"));

        assertThat(accepted).isEqualTo(new Accepted("123"));
        assertThat(JsonMapper.shared().readTree(sent(Api.SUBSCRIBE_SEND).getFirst()))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"touser":"o1","template_id":"t1",
                                         "page":"pages/order?id=8","miniprogram_state":"trial",
                                         "lang":"zh_CN","data":{"thing1":{"value":"雨伞"}}}
                                        """));
    }

    @Test
    void knowsWhatItCannotSay() {
        var foreign = new Content.MiniProgram("t", "wx0000000000000008", "p", ON_PLATFORM);

        for (var content : List.of(foreign, template(Template.Kind.NOTIFICATION, null))) {
            assertThat(channel.canSay("shop", content)).isFalse();
            assertThat(failure(content)).isInstanceOf(Refused.class);
        }
        assertThat(channel.canSay("shop", new Content.Text("您好"))).isTrue();
        assertThat(channel.canSay("nobody", new Content.Text("您好"))).isFalse();
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void waitsAMinuteWhereAnOfficialAccountWouldWaitForTomorrow() {
        platform.answer(Api.CUSTOM_SEND.path(), "{\"errcode\":45009}");

        var failure = failure(new Content.Text("您好"));

        assertThat(failure).isInstanceOf(Throttled.class);
        assertThat(((Throttled) failure).retryAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(failure.reason()).isEqualTo("errcode 45009 调用分钟频率受限");
    }

    @Test
    void showsTheTypingSign() {
        platform.answer(Api.TYPING.path(), "{\"errcode\":45080}");

        channel.typing(CUSTOMER, true).block(Shop.PATIENCE);

        assertThat(sent(Api.TYPING)).containsExactly("{\"touser\":\"o1\",\"command\":\"Typing\"}");
    }

    @Test
    void tellsHowItsTokenIs() {
        assertThat(health()).containsExactly(HealthSign.well("token", Shop.NOW.plusSeconds(7200)));
    }

    @Test
    void tellsThatThePlatformRefusesItsSecretWithoutAskingForEveryLook() {
        platform.answer(Api.STABLE_TOKEN.path(), "{\"errcode\":40125}");

        assertThat(health()).containsExactly(HealthSign.ill("token", "refused"));
        assertThat(health()).containsExactly(HealthSign.ill("token", "refused"));
        assertThat(platform.requests(Api.STABLE_TOKEN.path())).hasSize(1);
        assertThat(failure(new Content.Text("您好"))).isInstanceOf(Blocked.class);
    }

    @Test
    void tellsThatThePlatformDoesNotAnswer() {
        platform.status(Api.STABLE_TOKEN.path(), 503);

        assertThat(health()).containsExactly(HealthSign.ill("token", "down"));
        assertThat(channel.health("nobody").collectList().block(Shop.PATIENCE)).isEmpty();
    }

    private @Nullable List<HealthSign> health() {
        return channel.health("shop").collectList().block(Shop.PATIENCE);
    }

    private static Content template(Template.Kind kind, @Nullable String page) {
        return new Template(kind, "t1", page, null, Map.of("thing1", "雨伞"));
    }

    private List<String> sent(Api api) {
        return platform.requests(api.path()).stream().map(FakePlatform.Request::text).toList();
    }

    private Accepted deliver(Content content) {
        var message = new OutboundMessage("d1", CUSTOMER, Author.BOT, content);
        return Objects.requireNonNull(channel.deliver(message).block(Shop.PATIENCE));
    }

    private DeliveryException failure(Content content) {
        return catchThrowableOfType(DeliveryException.class, () -> deliver(content));
    }
}
