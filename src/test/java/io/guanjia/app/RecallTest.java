package io.guanjia.app;

import static io.guanjia.app.Client.awaitLine;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Browser;
import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An agent takes back what they said to a customer of the app. */
final class RecallTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();
    private final Browser xiaoli = gateway.signedIn("xiaoli");
    private final Client customer = Client.customer(gateway);

    @Test
    void whatIsTakenBackIsGoneForTheCustomerAndStaysOnRecord() {
        var conversation = taken("想撤回一");
        try (var socket = customer.socket()) {
            var message = said(conversation, "卡号发错了");
            var line = awaitLine(socket, "卡号发错了").get("sequence").asLong();
            awaitSent(message);

            var recalled = xiaoli.post("/api/v1/messages/" + message + "/recall");

            assertThat(recalled.status()).as(recalled.toString()).isEqualTo(200);
            assertThat(recalled.json().at("/recall/by").asString()).isEqualTo("小李");
            assertThat(recalled.json().at("/content/body").asString()).isEqualTo("卡号发错了");
            assertThat(recalled.json().get("recallableUntil").isNull()).isTrue();
            socket.await(
                    "recalled",
                    frame -> frame.get("sequences").toString().equals("[" + line + "]"));
            assertThat(customer.get("messages", "&after=0").body())
                    .contains("{\"type\":\"recalled\"}")
                    .doesNotContain("卡号发错了");
            assertThat(xiaoli.get("/api/v1/conversations/" + conversation).body())
                    .contains("[已撤回]");

            // A lost answer can be asked for again.
            assertThat(xiaoli.post("/api/v1/messages/" + message + "/recall").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsTakenBackCannotBeOpenedAnyMore() {
        var conversation = taken("想撤回四");
        try (var socket = customer.socket()) {
            var picture = said(conversation, Map.of("type", "image", "media", Map.of("id", gif())));
            var link =
                    URI.create(awaitLine(socket, "\"image\"").at("/content/media/url").asString());
            var path = link.getRawPath() + "?" + link.getRawQuery();
            awaitSent(picture);
            assertThat(gateway.browser().get(path).status()).isEqualTo(200);

            assertThat(xiaoli.post("/api/v1/messages/" + picture + "/recall").status())
                    .isEqualTo(200);

            assertThat(gateway.browser().get(path).status()).isEqualTo(404);
        }
    }

    @Test
    void whoWasAwayLearnsItWhenTheyComeBackOnAnyNode() {
        var conversation = taken("想撤回二");
        var message = said(conversation, "这句也发错了");
        long line;
        try (var socket = customer.socket()) {
            line = awaitLine(socket, "这句也发错了").get("sequence").asLong();
        }
        awaitSent(message);
        assertThat(xiaoli.post("/api/v1/messages/" + message + "/recall").status()).isEqualTo(200);

        try (var other = gateway.anotherNode();
                var socket = customer.socket(other.address(), "&after=" + line)) {
            assertThat(socket.await("recalled").get("sequences").toString())
                    .isEqualTo("[" + line + "]");
        }
    }

    @Test
    void nothingIsTakenBackTooLateOrByAnotherOrOfTheCustomers() {
        var conversation = taken("想撤回三");
        var message = said(conversation, "说得太早了");
        awaitSent(message);

        var stranger = gateway.signedIn("xiaowang").post("/api/v1/messages/" + message + "/recall");
        assertThat(stranger.status()).isEqualTo(404);

        samples.sql(
                "update delivery set leased_at = now() - interval '3 minutes' where message_id = '"
                        + message
                        + "'");
        var late = xiaoli.post("/api/v1/messages/" + message + "/recall");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("not-recallable");

        var theirs =
                samples.one(
                        "select id::text from message where direction = 'in' and conversation_id ="
                                + " '"
                                + conversation
                                + "'");
        assertThat(xiaoli.post("/api/v1/messages/" + theirs + "/recall").status()).isEqualTo(404);
    }

    /** A conversation of the customer's that the agent has. */
    private String taken(String words) {
        var unique = words + UUID.randomUUID();
        assertThat(customer.say("first", unique).status()).isEqualTo(202);
        var find =
                "select coalesce(max(conversation_id::text), '') from message where content ->>"
                        + " 'body' = '"
                        + unique
                        + "'";
        Awaitility.await().atMost(SOON).until(() -> !samples.one(find).isEmpty());
        var conversation = samples.one(find);
        assertThat(xiaoli.post("/api/v1/conversations/" + conversation + "/take").status())
                .isEqualTo(200);
        return conversation;
    }

    private String gif() {
        return gateway.signedIn("xiaoli")
                .upload("/api/v1/media", "x.gif", "image/gif", "GIF89a0123456789")
                .json()
                .get("id")
                .asString();
    }

    private String said(String conversation, String words) {
        return said(conversation, Map.of("type", "text", "body", words));
    }

    private String said(String conversation, Map<String, ?> content) {
        var answer =
                xiaoli.post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("clientId", UUID.randomUUID().toString(), "content", content));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().get("id").asString();
    }

    private void awaitSent(String message) {
        var state = "select state from delivery where message_id = '" + message + "'";
        Awaitility.await()
                .atMost(SOON)
                .until(() -> samples.one(state).matches("accepted|delivered|read"));
    }
}
