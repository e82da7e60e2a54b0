package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DeliverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakePlatform platform = new FakePlatform();
    private final WeiboChannel channel =
            Accounts.channel(Map.of("api-base", platform.address() + "/", "timeout", "2s"));

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    @Test
    void sendsAFormWithTheTokenInTheAddress() {
        platform.answer(FansServiceApi.PATH, "{\"result\":true}");

        var accepted = channel.deliver(message(new Content.Text("您好 & a=b+c 😀"))).block(PATIENCE);

        assertThat(accepted).isNotNull();
        assertThat(accepted.platformId()).isEmpty();
        var request = platform.requests("/2/messages/reply.json").getFirst();
        assertThat(request.query()).isEqualTo("access_token=2.00token%2B%2F%3Dvalue");
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(form())
                .containsEntry("receiver_id", "6099887766")
                .containsEntry("type", "text")
                .containsEntry("save_sender_box", "1");
        assertThat(data()).isEqualTo(json("{\"text\":\"您好 & a=b+c 😀\"}"));
    }

    @Test
    void givesCardsTheirOwnPictureOrElseOurs() {
        platform.answer(FansServiceApi.PATH, "{\"result\":true}");
        var ours =
                Accounts.channel(
                        Map.of(
                                "api-base",
                                platform.address().toString(),
                                "article-image",
                                "https://bank.example/card.jpg"));

        ours.deliver(message(new Content.Link("标题", null, "https://b.example", null)))
                .block(PATIENCE);
        assertThat(data().at("/articles/0/image").asString())
                .isEqualTo("https://bank.example/card.jpg");
        assertThat(data().at("/articles/0/summary").asString("?")).isEmpty();

        ours.deliver(
                        message(
                                new Content.Link(
                                        "标题",
                                        null,
                                        "https://b.example",
                                        "https://b.example/p.png")))
                .block(PATIENCE);
        assertThat(data().at("/articles/0/image").asString()).isEqualTo("https://b.example/p.png");
        ours.close();
    }

    @Test
    void sendsUpToEightCardsAtOnce() {
        platform.answer(FansServiceApi.PATH, "{\"result\":true}");

        channel.deliver(message(cards(8))).block(PATIENCE);

        assertThat(data().path("articles")).hasSize(8);
        assertThat(channel.canSay("demo", cards(8))).isTrue();
        for (var wrong :
                List.of(
                        cards(0),
                        cards(9),
                        new Content.Native("articles", Map.of("articles", "none")),
                        new Content.Native("articles", Map.of("articles", List.of(Map.of()))),
                        new Content.Native("wxcard", Map.of()))) {
            assertThat(channel.canSay("demo", wrong)).isFalse();
            assertThat(failure(message(wrong))).isInstanceOf(Refused.class);
        }
        assertThat(platform.all()).hasSize(1);
    }

    @Test
    void cutsNothing() {
        assertThat(failure(message(new Content.Text("满".repeat(300))))).isInstanceOf(Refused.class);
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void takesASlowPlatformsWordThatItIsDone() {
        platform.answer(FansServiceApi.PATH, "{\"error_code\":\"20032\",\"error\":\"slow\"}");

        assertThat(channel.deliver(message(new Content.Text("您好"))).block(PATIENCE)).isNotNull();
    }

    @Test
    void restsUntilTheNextFullHourWhenTheHoursCallsAreUsedUp() {
        platform.answer(FansServiceApi.PATH, "{\"error_code\":10024,\"error\":\"limit\"}");

        var blocked = (Blocked) failure(message(new Content.Text("您好")));

        assertThat(blocked.api()).isEqualTo("messages-reply");
        assertThat(blocked.until()).isEqualTo(Instant.parse("2026-03-02T09:00:00Z"));
    }

    @Test
    void stopsTheAccountUntilSomebodyAuthorisesItAgain() {
        platform.answer(
                FansServiceApi.PATH,
                "{\"request\":\"/2/messages/reply.json\",\"error_code\":21327,"
                        + "\"error\":\"expired_token\"}");

        var blocked = (Blocked) failure(message(new Content.Text("您好")));

        assertThat(blocked.api()).isNull();
        assertThat(blocked.until()).isNull();
        assertThat(blocked.reason()).isEqualTo("error_code 21327 Token过期");
    }

    @Test
    void maySendAgainWhatNeverLeft() {
        platform.close();

        assertThat(failure(message(new Content.Text("您好")))).isInstanceOf(Unavailable.class);
    }

    @Test
    void holdsWhatIsForAnAccountThatIsNotThere() {
        var other = new Address("weibo", "other", Accounts.CUSTOMER);

        assertThat(failure(new OutboundMessage("d1", other, Author.BOT, new Content.Text("您好"))))
                .isInstanceOf(Blocked.class);
    }

    @Test
    void worksWithOtherAccountsFromOneMomentToTheNext() {
        var next = Accounts.demo(Map.of("name", "next", "access-token", "t2"));
        channel.replaceAccounts(List.of(next));

        assertThat(channel.accounts()).singleElement().extracting("name").isEqualTo("next");
        assertThat(channel.fromSettings()).singleElement().extracting("name").isEqualTo("demo");
        assertThat(failure(message(new Content.Text("您好")))).isInstanceOf(Blocked.class);
    }

    private static Content cards(int count) {
        var cards = new java.util.ArrayList<Map<String, String>>();
        for (int i = 0; i < count; i++) {
            cards.add(Map.of("display_name", "第" + i, "url", "https://b.example/" + i));
        }
        return new Content.Native("articles", Map.of("articles", cards));
    }

    private Map<String, String> form() {
        var body = platform.requests(FansServiceApi.PATH).getLast().body();
        var form = new HashMap<String, String>();
        new QueryStringDecoder(new String(body, UTF_8), false)
                .parameters()
                .forEach((name, values) -> form.put(name, values.getFirst()));
        return form;
    }

    private JsonNode data() {
        return json(form().getOrDefault("data", ""));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static OutboundMessage message(Content content) {
        return new OutboundMessage(
                "d1", new Address("weibo", "demo", Accounts.CUSTOMER), Author.BOT, content);
    }

    private DeliveryException failure(OutboundMessage message) {
        return catchThrowableOfType(
                DeliveryException.class, () -> channel.deliver(message).block(PATIENCE));
    }
}
