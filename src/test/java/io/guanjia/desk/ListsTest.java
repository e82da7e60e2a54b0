package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Browser;
import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.junit.jupiter.api.Test;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class ListsTest {

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void aListIsReadWholeWithoutGapOrRepeat() {
        var name = unique();
        var at = Instant.now();
        var expected = new ArrayList<String>();
        for (var i = 0; i < 23; i++) {
            // Several at the same time: only the id tells them apart.
            expected.add(samples.conversation(name, "closed", null, at.minusSeconds(i / 5)));
        }

        var found = pages(gateway.signedIn("xiaoli"), "closed", name, 4);

        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theQueueShowsWhoHasWaitedLongest() {
        var name = unique();
        var now = Instant.now();
        var third = samples.conversation(name, "waiting", null, now.minusSeconds(10));
        var first = samples.conversation(name, "waiting", null, now.minus(Duration.ofDays(2)));
        var second = samples.conversation(name, "waiting", null, now.minusSeconds(60));

        assertThat(pages(gateway.signedIn("xiaoli"), "queue", name, 1))
                .containsExactly(first, second, third);
        assertThat(
                        gateway.signedIn("xiaoli")
                                .get("/api/v1/conversations/" + first)
                                .json()
                                .get("queuePosition")
                                .asInt())
                .isPositive();
        samples.sql("update conversation set state = 'closed' where state = 'waiting'");
    }

    @Test
    void otherListsShowTheLatestFirst() {
        var name = unique();
        var now = Instant.now();
        var older = samples.conversation(name, "bot", null, now.minusSeconds(60));
        var newer = samples.conversation(name, "bot", null, now);

        assertThat(pages(gateway.signedIn("xiaoli"), "bot", name, 50))
                .containsExactly(newer, older);
    }

    @Test
    void whatAnotherAgentHasIsNobodyElsesBusiness() {
        var name = unique();
        var theirs = samples.conversation(name, "agent", "xiaowang");
        samples.message(theirs, "private");
        var xiaoli = gateway.signedIn("xiaoli");

        assertThat(xiaoli.get("/api/v1/conversations/" + theirs).status()).isEqualTo(404);
        assertThat(xiaoli.get("/api/v1/conversations/" + theirs + "/messages").status())
                .isEqualTo(404);
        assertThat(pages(xiaoli, "mine", name, 50)).isEmpty();
        assertThat(
                        xiaoli.post(
                                        "/api/v1/conversations/" + theirs + "/notes",
                                        java.util.Map.of(
                                                "clientId", UUID.randomUUID(), "body", "x"))
                                .status())
                .isEqualTo(404);
        assertThat(xiaoli.get(partyMessages(theirs)).json().get("items")).isEmpty();

        assertThat(pages(gateway.signedIn("xiaowang"), "mine", name, 50)).containsExactly(theirs);
        var supervisor = gateway.signedIn("zhuguan");
        assertThat(pages(supervisor, "all", name, 50)).containsExactly(theirs);
        assertThat(supervisor.get(partyMessages(theirs)).json().get("items")).hasSize(1);
    }

    @Test
    void whoComesTooLateLearnsWhoWasQuicker() {
        var conversation = samples.conversation(unique(), "agent", "xiaowang");

        var answer =
                gateway.signedIn("xiaoli").post("/api/v1/conversations/" + conversation + "/take");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("conversation-taken");
        assertThat(answer.json().get("agent").asString()).isEqualTo("xiaowang");
    }

    /** Nobody would tell them, and they would wait on. */
    @Test
    void whoWaitsIsNotSentAwayByWhoeverHasNotTakenThem() {
        var conversation = samples.conversation(unique(), "waiting", null);
        var close = "/api/v1/conversations/" + conversation + "/close";

        var refused = gateway.signedIn("xiaoli").post(close);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("not-yours");
        assertThat(gateway.signedIn("zhuguan").post(close).status()).isEqualTo(200);
    }

    @Test
    void searchingTakesWordsAsTheyAre() {
        var name = "100%_" + unique();
        var found = samples.conversation(name, "closed", null);
        samples.conversation(name.replace('%', 'x').replace('_', 'y'), "closed", null);

        assertThat(pages(gateway.signedIn("xiaoli"), "closed", name, 50)).containsExactly(found);
    }

    @Test
    void aThreadIsReadBackIntoEarlierConversations() {
        var earlier = samples.conversation(unique(), "closed", null);
        for (var i = 0; i < 5; i++) {
            samples.message(earlier, "e" + i);
        }
        var now = samples.nextConversation(earlier, "bot");
        for (var i = 0; i < 5; i++) {
            samples.message(now, "n" + i);
        }
        var xiaoli = gateway.signedIn("xiaoli");

        var latest = xiaoli.get("/api/v1/conversations/" + now + "/messages?limit=7").json();
        assertThat(bodies(latest.get("items")))
                .containsExactly("e3", "e4", "n0", "n1", "n2", "n3", "n4");
        var before = latest.get("items").get(0).get("seq").asLong();
        var rest =
                xiaoli.get("/api/v1/conversations/" + now + "/messages?limit=7&before=" + before)
                        .json();
        assertThat(bodies(rest.get("items"))).containsExactly("e0", "e1", "e2");

        // The earlier one knows nothing of what came later.
        assertThat(
                        bodies(
                                xiaoli.get("/api/v1/conversations/" + earlier + "/messages")
                                        .json()
                                        .get("items")))
                .containsExactly("e0", "e1", "e2", "e3", "e4");
    }

    @Test
    void whatIsNewIsReadFromARevisionOn() {
        var conversation = samples.conversation(unique(), "bot", null);
        samples.message(conversation, "one");
        var xiaoli = gateway.signedIn("xiaoli");
        var messages = "/api/v1/conversations/" + conversation + "/messages?after=";
        var first = xiaoli.get(messages + 0).json();
        samples.message(conversation, "two");

        var second = xiaoli.get(messages + first.get("revision").asLong()).json();

        assertThat(bodies(first.get("items"))).containsExactly("one");
        assertThat(bodies(second.get("items"))).containsExactly("two");
        assertThat(xiaoli.get(messages + second.get("revision").asLong()).json().get("items"))
                .isEmpty();
    }

    @Test
    void otherSystemsReadAPartysMessagesPageByPage() {
        var conversation = samples.conversation(unique(), "bot", null);
        var expected = new ArrayList<String>();
        for (var i = 0; i < 11; i++) {
            samples.message(conversation, "m" + i);
            expected.add("m" + i);
        }
        var note =
                gateway.signedIn("xiaoli")
                        .post(
                                "/api/v1/conversations/" + conversation + "/notes",
                                Map.of("clientId", UUID.randomUUID(), "body", "among colleagues"));
        assertThat(note.status()).as(note.toString()).isEqualTo(201);
        var crm = gateway.browser().with("Authorization", "Bearer " + Gateway.TOKEN);

        var found = new ArrayList<String>();
        var next = "";
        do {
            var page = crm.get(partyMessages(conversation) + "&limit=4" + next).json();
            found.addAll(0, bodies(page.get("items")));
            next = page.get("next").isNull() ? "" : "&before=" + page.get("next").asLong();
        } while (!next.isEmpty());

        assertThat(found).isEqualTo(expected);
        var message = crm.get(partyMessages(conversation) + "&limit=1").json().at("/items/0");
        assertThat(message.propertyNames())
                .contains(
                        "id",
                        "conversationId",
                        "direction",
                        "channel",
                        "account",
                        "party",
                        "externalId",
                        "sentAt",
                        "receivedAt",
                        "author",
                        "content",
                        "delivery");
        assertThat(message.at("/author/kind").asString()).isEqualTo("customer");
    }

    private String partyMessages(String conversation) {
        return "/api/v1/messages?channel=wechat&account=demo&party=" + samples.party(conversation);
    }

    private static List<String> pages(Browser browser, String view, String name, int limit) {
        var ids = new ArrayList<String>();
        var next = "";
        do {
            var page =
                    browser.get(
                                    "/api/v1/conversations?view="
                                            + view
                                            + "&limit="
                                            + limit
                                            + "&q="
                                            + URLEncoder.encode(name, StandardCharsets.UTF_8)
                                            + next)
                            .json();
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            next = page.get("next").isNull() ? "" : "&before=" + page.get("next").asString();
        } while (!next.isEmpty());
        return ids;
    }

    private static List<String> bodies(tools.jackson.databind.JsonNode items) {
        var bodies = new ArrayList<String>();
        items.forEach(item -> bodies.add(item.at("/content/body").asString()));
        return bodies;
    }

    private static String unique() {
        return "客户" + UUID.randomUUID().toString().substring(0, 8);
    }
}
