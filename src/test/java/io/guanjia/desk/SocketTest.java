package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;
import io.guanjia.running.Socket;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

final class SocketTest {

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void saysWhoIsThere() {
        try (var socket = gateway.signedIn("xiaoli").socket()) {
            assertThat(socket.await("hello").get("user").asString()).isEqualTo("xiaoli");
            assertThat(socket.await("counts").propertyNames()).contains("queue", "mine", "bot");
            socket.say(Map.of("type", "ping"));
            socket.await("pong");
        }
    }

    @Test
    void aTicketIsGoodOnce() {
        var browser = gateway.signedIn("xiaoli");
        var ticket = browser.ticket();

        try (var first = Socket.open(gateway.address(), ticket, browser.origin())) {
            first.await("hello");
        }
        assertRefused(ticket, browser.origin());
    }

    @Test
    void aTicketIsGoodForHalfAMinute() {
        var browser = gateway.signedIn("xiaoli");
        var ticket = browser.ticket();
        samples.sql("update desk_ticket set expires_at = now()");

        assertRefused(ticket, browser.origin());
    }

    @Test
    void aTicketIsWorthNothingWithoutItsSession() {
        var browser = gateway.signedIn("xiaoli");
        var ticket = browser.ticket();
        browser.delete("/api/v1/session");

        assertRefused(ticket, browser.origin());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"null", "http://evil.example", "http://127.0.0.1", "https://[::1]:1"})
    void onlyOurOwnPagesMayOpenOne(@Nullable String origin) {
        assertRefused(gateway.signedIn("xiaoli").ticket(), origin);
    }

    @Test
    void tellsWhatIsNewEvenIfNobodyRang() {
        var conversation = samples.conversation("韩梅梅", "bot", null);
        try (var socket = gateway.signedIn("xiaoli").socket()) {
            socket.await("hello");
            socket.watch(conversation, 0);
            socket.await("messages", frame -> about(frame, conversation));

            samples.message(conversation, "在吗");

            var news = socket.await("messages", frame -> !frame.get("items").isEmpty());
            assertThat(news.at("/items/0/content/body").asString()).isEqualTo("在吗");
            var changed =
                    socket.await(
                            "conversation",
                            frame ->
                                    frame.at("/conversation/id").asString().equals(conversation)
                                            && frame.at("/conversation/last/text")
                                                    .asString("")
                                                    .equals("在吗"));
            assertThat(changed.at("/conversation/revision").asLong())
                    .isEqualTo(news.get("revision").asLong());
        }
    }

    @Test
    void resumesWithoutAGapWhileMessagesKeepComing() throws InterruptedException {
        var conversation = samples.conversation("不停", "bot", null);
        var total = 150;
        var writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (var i = 0; i < total; i++) {
                                        samples.message(conversation, "m" + i);
                                    }
                                });
        var known = new Known(conversation);
        var browser = gateway.signedIn("xiaoli");
        var connections = 0;
        while (writer.isAlive() || connections < 3) {
            try (var socket = browser.socket()) {
                socket.watch(conversation, known.revision);
                socket.await("messages", frame -> about(frame, conversation));
                writer.join(Duration.ofMillis(300));
                socket.cut();
                socket.frames("messages").forEach(known::take);
            }
            connections++;
        }
        try (var socket = browser.socket()) {
            socket.watch(conversation, known.revision);
            socket.await("messages", frame -> frame.get("revision").asLong() >= total);
            socket.frames("messages").forEach(known::take);
        }

        assertThat(known.texts.values())
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.range(0, total).mapToObj(i -> "m" + i).toList());
        assertThat(known.gaps).isZero();
    }

    @Test
    void aLongThreadComesInPieces() {
        var conversation = samples.conversation("话多", "bot", null);
        samples.sql(
                """
                insert into message (id, conversation_id, party_id, revision, direction, author_kind,
                    content, sent_at, received_at)
                select gen_random_uuid(), c.id, c.party_id, n, 'in', 'customer',
                    jsonb_build_object('type', 'text', 'body', 'm' || n), now(), now()
                from conversation c, generate_series(1, 1700) n where c.id = '%1$s';
                """
                        .formatted(conversation));
        samples.sql(
                "update conversation set revision = 1700 where id = '%s'".formatted(conversation));
        var known = new Known(conversation);

        try (var socket = gateway.signedIn("xiaoli").socket()) {
            socket.watch(conversation, 0);
            socket.await("messages", frame -> frame.get("revision").asLong() == 1700);
            socket.frames("messages").forEach(known::take);
        }

        assertThat(known.texts).hasSize(1700);
        assertThat(known.gaps).isZero();
    }

    @Test
    void whoMayNotSeeItAnyMoreSeesItGoWithoutItsWords() {
        var conversation = samples.conversation("抢手", "waiting", null);
        samples.message(conversation, "secret");
        try (var xiaoli = gateway.signedIn("xiaoli").socket()) {
            xiaoli.watch(conversation, 0);
            xiaoli.await("messages", frame -> about(frame, conversation));
            var before = xiaoli.frames("messages").size();

            var taken =
                    gateway.signedIn("xiaowang")
                            .post("/api/v1/conversations/" + conversation + "/take");
            assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
            var gone =
                    xiaoli.await(
                            "conversation",
                            frame ->
                                    frame.at("/conversation/id").asString().equals(conversation)
                                            && frame.at("/conversation/state")
                                                    .asString()
                                                    .equals("agent"));
            samples.message(conversation, "for xiaowang only");
            try (var xiaowang = gateway.signedIn("xiaowang").socket()) {
                xiaowang.watch(conversation, 0);
                xiaowang.await("messages", frame -> frame.toString().contains("for xiaowang"));
            }

            assertThat(gone.at("/conversation/last").isNull()).isTrue();
            assertThat(gone.at("/conversation/agent/username").asString()).isEqualTo("xiaowang");
            assertThat(xiaoli.frames("messages")).hasSize(before);
            assertThat(xiaoli.frames("conversation").toString()).doesNotContain("for xiaowang");
        }
    }

    @Test
    void whatIsNobodysBusinessIsNotThere() {
        var theirs = samples.conversation("别人的", "agent", "xiaowang");
        try (var socket = gateway.signedIn("xiaoli").socket()) {
            socket.watch(theirs, 0);
            socket.watch(UUID.randomUUID().toString(), 0);

            socket.await("not-found", frame -> about(frame, theirs));
            socket.await("not-found", frame -> !about(frame, theirs));
            assertThat(socket.frames("messages")).isEmpty();
        }
    }

    @Test
    void colleaguesSeeWhoIsTyping() {
        var conversation = samples.conversation("打字", "agent", "xiaowang");
        try (var supervisor = gateway.signedIn("zhuguan").socket()) {
            supervisor.watch(conversation, 0);
            supervisor.await("messages", frame -> about(frame, conversation));

            gateway.signedIn("xiaowang")
                    .post("/api/v1/conversations/" + conversation + "/typing", Map.of("on", true));

            assertThat(supervisor.await("typing").get("agent").asString()).isEqualTo("小王");
        }
    }

    @Test
    void countsFollowWhatHappens() {
        try (var socket = gateway.signedIn("xiaoli").socket()) {
            var mine = socket.await("counts").get("mine").asInt();
            var conversation = samples.conversation("我的", "waiting", null);
            samples.message(conversation, "人工");

            gateway.signedIn("xiaoli").post("/api/v1/conversations/" + conversation + "/take");

            socket.await("counts", frame -> frame.get("mine").asInt() == mine + 1);
        }
    }

    @Test
    void whoSignsOutIsShownOut() {
        var browser = gateway.signedIn("xiaoli");
        try (var socket = browser.socket()) {
            socket.await("hello");
            browser.delete("/api/v1/session");

            assertThat(socket.awaitClose(Duration.ofSeconds(5))).isEqualTo(4401);
        }
    }

    @Test
    void whoIsDisabledIsShownOut() {
        addUser("leaver");
        var browser = gateway.signedIn("leaver");
        try (var socket = browser.socket()) {
            socket.await("hello");
            samples.sql("update desk_user set disabled = true where username = 'leaver'");

            assertThat(socket.awaitClose(Duration.ofSeconds(5))).isEqualTo(4401);
            // A sign-in may be remembered for a few seconds, no longer.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> browser.get("/api/v1/me").status() == 401);
        }
    }

    @Test
    void whoGetsOtherRolesComesInAgain() {
        addUser("promoted");
        try (var socket = gateway.signedIn("promoted").socket()) {
            socket.await("hello");
            samples.sql(
                    "update desk_user set roles = 'agent,supervisor' where username = 'promoted'");

            assertThat(socket.awaitClose(Duration.ofSeconds(5))).isEqualTo(4403);
        }
    }

    @Test
    void nonsenseEndsTheTalk() {
        try (var socket = gateway.signedIn("xiaoli").socket()) {
            socket.await("hello");
            socket.say(Map.of("type", "watch", "conversation", "nonsense"));

            assertThat(socket.awaitClose(Duration.ofSeconds(5))).isEqualTo(1007);
        }
    }

    private void addUser(String username) {
        samples.sql(
                """
                insert into desk_user (username, name, password_hash, roles, presence_at, created_at)
                select '%s', 'x', password_hash, 'agent', now(), now()
                from desk_user where username = 'xiaoli'
                """
                        .formatted(username));
    }

    private void assertRefused(String ticket, @Nullable String origin) {
        assertThatThrownBy(() -> Socket.open(gateway.address(), ticket, origin))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .extracting(
                        failure ->
                                ((WebSocketHandshakeException) failure).getResponse().statusCode())
                .isEqualTo(403);
    }

    private static boolean about(JsonNode frame, String conversation) {
        return frame.get("conversation").asString().equals(conversation);
    }

    /** What a client knows of one thread, kept by the rules of the interface. */
    private static final class Known {
        private final String conversation;
        private final Map<Long, String> texts = new LinkedHashMap<>();
        private long revision;
        private int gaps;

        Known(String conversation) {
            this.conversation = conversation;
        }

        void take(JsonNode frame) {
            if (!about(frame, conversation)) {
                return;
            }
            if (frame.get("since").asLong() > revision) {
                gaps++;
                return;
            }
            frame.get("items")
                    .forEach(
                            item ->
                                    texts.put(
                                            item.get("seq").asLong(),
                                            item.at("/content/body").asString()));
            revision = Math.max(revision, frame.get("revision").asLong());
        }
    }
}
