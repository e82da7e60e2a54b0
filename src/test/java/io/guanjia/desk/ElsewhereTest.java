package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.conversation.Notices;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Customers whom somebody serves in the platform's own client. */
final class ElsewhereTest {

    private static final Content TAKEN =
            new Event.TakenElsewhere("lisi", "session_status_change", Map.of("change_type", 1));
    private static final Content ANSWERED =
            new Event.AnsweredElsewhere("lisi", new Content.Text("我来处理"));
    private static final Content LEFT =
            new Event.LeftElsewhere("lisi", "session_status_change", Map.of("change_type", 3));

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void theBotKeepsQuietUntilTheMemberIsDoneAndTheDeskSeesAllOfIt() {
        var customer = "openid-" + UUID.randomUUID();
        hear(customer, TAKEN, new Content.Text("怎么查账单"), ANSWERED);
        var id = conversation(customer, "elsewhere");
        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) == 1);

        var now = show("xiaoli", id);
        assertThat(now.get("colleague").asString()).isEqualTo("lisi");
        assertThat(now.get("agent").isNull()).isTrue();
        assertThat(now.get("unanswered").asInt()).isZero();
        var answer = show("xiaoli", id + "/messages").at("/items/2");
        assertThat(answer.get("direction").asString()).isEqualTo("out");
        assertThat(answer.at("/author/kind").asString()).isEqualTo("colleague");
        assertThat(answer.at("/author/name").asString()).isEqualTo("lisi");
        assertThat(answer.at("/content/body").asString()).isEqualTo("我来处理");
        assertThat(answer.get("delivery").isNull()).isTrue();
        var change = now.at("/changes/1");
        assertThat(change.get("to").asString()).isEqualTo("elsewhere");
        assertThat(change.get("reason").asString()).isEqualTo("taken-elsewhere");
        assertThat(change.at("/by/kind").asString()).isEqualTo("colleague");
        assertThat(change.at("/by/name").asString()).isEqualTo("lisi");

        hear(customer, LEFT);
        conversation(customer, "bot");
        hear(customer, new Content.Text("怎么查账单"));
        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) > 1);
        assertThat(show("xiaoli", id).get("colleague").isNull()).isTrue();
    }

    @Test
    void onlyASupervisorTakesACustomerFromSomebodyElsewhere() {
        var customer = "openid-" + UUID.randomUUID();
        hear(customer, TAKEN);
        var id = conversation(customer, "elsewhere");

        var refused = gateway.signedIn("xiaoli").post("/api/v1/conversations/" + id + "/take");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("agent").asString()).isEqualTo("lisi");

        var taken = gateway.signedIn("zhuguan").post("/api/v1/conversations/" + id + "/take");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(show("zhuguan", id).get("state").asString()).isEqualTo("agent");
    }

    @Test
    void whoIsNotAnsweredElsewhereGetsIntoTheQueue() {
        var longAgo = Instant.now().minus(Duration.ofMinutes(31));
        var forgotten = samples.conversation("忘", "bot", null, longAgo);
        var answered = samples.conversation("答", "bot", null, longAgo);
        elsewhere(forgotten, 1);
        elsewhere(answered, 0);
        var insists = samples.conversation("催", "bot", null, Instant.now());
        elsewhere(insists, 3);
        samples.sql(
                "update conversation set unanswered_since = now() - interval '31 minutes' where id"
                        + " = '"
                        + insists
                        + "'");

        await().atMost(Duration.ofSeconds(40))
                .until(() -> show("zhuguan", forgotten).get("state").asString().equals("waiting"));

        assertThat(show("zhuguan", forgotten).get("reason").asString())
                .isEqualTo("colleague-silent");
        assertThat(show("zhuguan", answered).get("state").asString()).isEqualTo("elsewhere");
        // Writing again and again does not begin the wait anew.
        await().atMost(Duration.ofSeconds(40))
                .until(() -> show("zhuguan", insists).get("state").asString().equals("waiting"));
    }

    @Test
    void whomNobodyElsewhereTakesGetsIntoTheQueue() {
        var untaken = samples.conversation("空", "bot", null, Instant.now());
        var refused = samples.conversation("拒", "bot", null, Instant.now());
        var passed = samples.conversation("转", "bot", null, Instant.now());
        passed(untaken, "31 minutes");
        passed(refused, "1 second");
        passed(passed, "1 second");
        toldInVain(refused);

        for (var one : List.of(untaken, refused)) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> show("zhuguan", one).get("state").asString().equals("waiting"));
        }
        assertThat(show("zhuguan", passed).get("state").asString()).isEqualTo("elsewhere");
    }

    /** To whoever takes them in the platform's own client. */
    private void passed(String conversation, String ago) {
        samples.sql(
                "update conversation set state = 'elsewhere', colleague = '', unanswered = 0,"
                        + " since = now() - interval '"
                        + ago
                        + "' where id = '"
                        + conversation
                        + "'");
    }

    /** The platform would not pass the customer on. */
    private void toldInVain(String conversation) {
        samples.sql(
                "insert into message (id, conversation_id, party_id, revision, direction,"
                    + " author_kind, content, sent_at, received_at) select gen_random_uuid(), id,"
                    + " party_id, revision, 'out', 'system', cast('{\"type\": \"native\", \"kind\":"
                    + " \"service_state\", \"payload\": {\"service_state\": 2}}' as jsonb), now(),"
                    + " now() from conversation where id = '"
                        + conversation
                        + "'");
        samples.sql(
                "insert into delivery (id, message_id, party_id, channel, account, party, api,"
                    + " uses_window, lane, state, not_before, expires_at, created_at, changed_at)"
                    + " select gen_random_uuid(), m.id, c.party_id, c.channel, c.account, c.party,"
                    + " 'trans', false, 1, 'refused', now(), now(), now(), now() from message m"
                    + " join conversation c on c.id = m.conversation_id where c.id = '"
                        + conversation
                        + "' and m.content ->> 'type' = 'native'");
    }

    @Test
    void whatIsUnansweredIsCountedFromTheFirst() {
        var customer = "openid-" + UUID.randomUUID();
        hear(customer, TAKEN, new Content.Text("在吗"));
        var id = conversation(customer, "elsewhere");
        awaitMessages(id, 2);
        var first = since(id);
        hear(customer, new Content.Text("有人吗"));
        awaitMessages(id, 3);

        assertThat(since(id)).isEqualTo(first).isNotEmpty();

        hear(customer, ANSWERED);
        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) == 1);
        assertThat(since(id)).isEmpty();
    }

    @Test
    void whatAMemberSaidIsInTheThreadOnceHoweverOftenItComes() {
        var customer = "openid-" + UUID.randomUUID();
        var answer = message(customer, "m:twice", ANSWERED);
        take(answer);
        take(answer);
        hear(customer, new Content.Text("好的"));

        var id = conversation(customer, "elsewhere");
        awaitMessages(id, 1);
        assertThat(said(id)).isEqualTo(1);
    }

    private String since(String conversation) {
        return samples.one(
                "select coalesce(unanswered_since::text, '') from conversation where id = '"
                        + conversation
                        + "'");
    }

    @Test
    void whoComesBackTheSameDayIsNotWelcomedAgain() {
        var customer = "openid-" + UUID.randomUUID();
        var entered = new Event.Entered("user_enter_tempsession", Map.of());
        hear(customer, entered);
        var id = conversation(customer, "bot");
        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) == 1);
        hear(customer, entered);
        awaitMessages(id, 2);

        assertThat(said(id)).isEqualTo(1);

        letADayPass(id);
        hear(customer, entered);
        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) == 2);
    }

    @Test
    void whomOnlyWeOrThePlatformTalkedOfIsWelcomed() {
        var customer = "openid-" + UUID.randomUUID();
        hear(customer, new Content.Text("怎么查账单"));
        var id = conversation(customer, "bot");
        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) > 0);
        letADayPass(id);
        gateway.bean(Notices.class)
                .send(
                        new Notices.Notice(
                                new Address("wechat", "demo", customer),
                                new Content.Text("请为我们的服务打分。"),
                                Author.system("survey"),
                                UUID.randomUUID().toString()))
                .block(Duration.ofSeconds(20));
        hear(customer, new Event.Other("wxa_media_check", Map.of()));
        awaitMessages(id, 2);
        var before = said(id);

        hear(customer, new Event.Entered("user_enter_tempsession", Map.of()));

        await().atMost(Duration.ofSeconds(20)).until(() -> said(id) == before + 1);
    }

    private void letADayPass(String conversation) {
        samples.sql(
                "update message set received_at = received_at - interval '25 hours'"
                        + " where conversation_id = '"
                        + conversation
                        + "'");
    }

    private void elsewhere(String conversation, int unanswered) {
        samples.sql(
                "update conversation set state = 'elsewhere', colleague = 'lisi',"
                        + " unanswered_since = last_at, unanswered = "
                        + unanswered
                        + " where id = '"
                        + conversation
                        + "'");
    }

    private void hear(String customer, Content... contents) {
        for (var content : contents) {
            take(message(customer, UUID.randomUUID().toString(), content));
        }
    }

    private static InboundMessage message(String customer, String key, Content content) {
        var now = Instant.now();
        return new InboundMessage(
                new Address("wechat", "demo", customer),
                key,
                null,
                content,
                content instanceof Event ? null : Trigger.MESSAGE,
                now,
                now,
                "{}");
    }

    private void take(InboundMessage message) {
        gateway.bean(Intake.class).take(List.of(message)).block(Duration.ofSeconds(20));
    }

    private String conversation(String customer, String state) {
        var where = " from conversation where party = '" + customer + "'";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> samples.one("select coalesce(max(state), '')" + where).equals(state));
        return samples.one("select id::text" + where);
    }

    private void awaitMessages(String conversation, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> count(conversation, "in") == count);
    }

    private int said(String conversation) {
        return count(conversation, "out");
    }

    private int count(String conversation, String direction) {
        return Integer.parseInt(
                samples.one(
                        "select count(*)::text from message where conversation_id = '"
                                + conversation
                                + "' and direction = '"
                                + direction
                                + "'"));
    }

    private JsonNode show(String who, String conversation) {
        return gateway.signedIn(who).get("/api/v1/conversations/" + conversation).json();
    }
}
