package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Reading.Answers;
import io.guanjia.gateway.message.Content;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLDecoder;
import java.util.Map;
import java.util.Objects;

class PassiveTest {

    @Test
    void acknowledgesWithNothing() {
        assertThat(to("text").acknowledgement().body()).isEmpty();
    }

    @Test
    void repliesInTheResponse() {
        var reply = reply(to("text"), new Content.Text("您好 a+b=\"c\" 100% 😀"));

        assertThat(reply.path("result").asBoolean()).isTrue();
        assertThat(reply.path("receiver_id").asLong()).isEqualTo(6099887766L);
        assertThat(reply.path("sender_id").asLong()).isEqualTo(5011223344L);
        assertThat(reply.path("type").asString()).isEqualTo("text");
        assertThat(reply.path("data").asString()).startsWith("%7B%22text%22%3A%22%E6%82%A8");
        assertThat(data(reply)).isEqualTo(json("{\"text\":\"您好 a+b=\\\"c\\\" 100% 😀\"}"));
    }

    @Test
    void repliesWithACardAndAPlace() {
        var card =
                reply(
                        to("event_follow"),
                        new Content.Link("还款日历", "每月提醒", "https://b.example/1", null));
        assertThat(card.path("type").asString()).isEqualTo("articles");
        assertThat(data(card))
                .isEqualTo(
                        json(
                                """
                                {"articles":[{"display_name":"还款日历","summary":"每月提醒",
                                "image":"","url":"https://b.example/1"}]}\
                                """));

        var place = reply(to("image"), new Content.Location(0.00001, 121.47, null, 16.0));
        assertThat(place.path("type").asString()).isEqualTo("position");
        assertThat(data(place))
                .isEqualTo(json("{\"longitude\":\"121.47\",\"latitude\":\"0.000010\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_unfollow", "mention_status", "mention_comment"})
    void repliesToNobodyWhoLeavesOrSpeaksInPublic(String sample) {
        assertThat(to(sample).passively(new Content.Text("您好"))).isEmpty();
        assertThat(to(sample).asLastResort(new Content.Text("您好"))).isEmpty();
    }

    /** The position has no room for the name; in words, with a link to the map, it is not lost. */
    @Test
    void leavesAPlaceThatHasANameToWords() {
        assertThat(to("text").passively(new Content.Location(31.23, 121.47, "人民广场支行", 16.0)))
                .isEmpty();
    }

    @Test
    void repliesNeitherWithTextThatIsTooLongNorWithFiles() {
        assertThat(to("text").passively(new Content.Text("满".repeat(299)))).isPresent();
        assertThat(to("text").passively(new Content.Text("满".repeat(300)))).isEmpty();
        assertThat(to("text").passively(new Content.Image(io.guanjia.contract.SampleFiles.IMAGE)))
                .isEmpty();
    }

    @Test
    void repliesToNobodyWhereNobodyIsNamed() {
        var channel = Accounts.channel(Map.of("uid", ""));
        var reading = channel.read(Callbacks.signed("{\"type\":\"text\",\"text\":\"在吗\"}")).block();

        assertThat(Objects.requireNonNull(reading).answers().passively(new Content.Text("在")))
                .isEmpty();
    }

    private static Answers to(String sample) {
        var callback = Callbacks.signed(Callbacks.sample(sample));
        return Objects.requireNonNull(Accounts.channel(Map.of()).read(callback).block()).answers();
    }

    private static JsonNode reply(Answers answers, Content content) {
        CallbackResponse response = answers.passively(content).orElseThrow();
        assertThat(response.contentType()).startsWith("application/json");
        return json(new String(response.body(), UTF_8));
    }

    private static JsonNode data(JsonNode reply) {
        return json(URLDecoder.decode(reply.path("data").asString(), UTF_8));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
