package io.guanjia.app;

import static io.guanjia.app.Client.awaitLine;
import static io.guanjia.app.Client.lines;

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
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

final class AppSocketTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void aVisitorIsAnsweredInANumberedThread() {
        var visitor = Client.visitor(gateway);
        try (var socket = visitor.socket()) {
            var hello = socket.await("hello");
            assertThat(hello.get("visitor").asBoolean()).isTrue();
            assertThat(hello.get("last").asLong()).isZero();

            Client.say(socket, "first", "怎么还信用卡");

            assertThat(socket.await("accepted").get("id").asString()).isEqualTo("first");
            socket.await("messages", frame -> frame.toString().contains("\"bot\""));
            assertThat(lines(socket)).hasSize(2);
            assertThat(lines(socket).get(0).get("clientId").asString()).isEqualTo("first");
            assertThat(lines(socket).get(0).get("sequence").asLong()).isEqualTo(1);
            assertThat(lines(socket).get(1).get("from").asString()).isEqualTo("bot");
            assertThat(lines(socket).get(1).get("sequence").asLong()).isEqualTo(2);
        }
    }

    @Test
    void sayingItTwiceIsSayingItOnce() {
        var customer = Client.customer(gateway);
        try (var socket = customer.socket()) {
            Client.say(socket, "same", "在吗一次");
            Client.say(socket, "same", "在吗一次");
            awaitLine(socket, "在吗一次");
            Client.say(socket, "other", "在吗两次");
            awaitLine(socket, "在吗两次");

            assertThat(socket.frames("accepted")).hasSize(3);
            assertThat(lines(socket)).filteredOn(AppSocketTest::own).hasSize(2);
        }
    }

    @Test
    void aForgedTokenGets401() {
        var forged = Client.token("C1", Instant.now().plusSeconds(60), "x".repeat(32));
        assertRefused(forged, null, 401);
        assertRefused("nonsense", null, 401);
        assertRefused(
                Client.token("C1", Instant.now().minusSeconds(60), Gateway.LOGIN_KEY), null, 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://evil.example", "http://www.bank.example"})
    void aForeignPageGets403(String origin) {
        assertRefused(Client.visitor(gateway).token(), origin, 403);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "https://www.bank.example")
    void theCompanysPagesAndAppsComeIn(@Nullable String origin) {
        var visitor = Client.visitor(gateway);
        try (var socket = Socket.ofApp(gateway.address(), visitor.token(), "", origin)) {
            socket.await("hello");
        }
    }

    @Test
    void resumesWithoutAGapOnEitherNode() throws InterruptedException {
        try (var other = gateway.anotherNode()) {
            var customer = Client.customer(gateway);
            var total = 40;
            // What a person says is answered by nobody, so the count is known.
            customer.say("call", "转人工");
            var writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (var i = 0; i < total; i++) {
                                            var answer = customer.say("m" + i, "第" + i + "句");
                                            assertThat(answer.status()).isEqualTo(202);
                                        }
                                    });
            var known = new TreeMap<Long, String>();
            var last = 0L;
            for (var round = 0; writer.isAlive() || round < 4; round++) {
                var node = round % 2 == 0 ? gateway.address() : other.address();
                try (var socket = customer.socket(node, "&after=" + last)) {
                    socket.await("hello");
                    writer.join(Duration.ofMillis(300));
                    socket.cut();
                    last = take(socket, last, known);
                }
            }
            var from = last;
            try (var socket = customer.socket(other.address(), "&after=" + from)) {
                Client.say(socket, "end", "最后一句");
                awaitLine(socket, "最后一句");
                take(socket, from, known);
            }

            assertThat(known.keySet())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, known.size()).boxed().toList());
            assertThat(known.values())
                    .filteredOn(words -> words.matches("第\\d+句"))
                    .hasSize(total)
                    .doesNotHaveDuplicates();
        }
    }

    /** As a client keeps what it hears. Fails where something is missing in between. */
    private static long take(Socket socket, long last, Map<Long, String> known) {
        var have = last;
        for (var frame : socket.frames("messages")) {
            assertThat(frame.get("after").asLong()).isLessThanOrEqualTo(have);
            frame.get("items")
                    .forEach(
                            item ->
                                    known.put(
                                            item.get("sequence").asLong(),
                                            item.at("/content/body").asString("")));
            have = Math.max(have, frame.get("sequence").asLong());
        }
        return have;
    }

    /** 1.8 MB, of which a socket keeps half a megabyte. */
    @Test
    void whoLacksMoreThanASocketKeepsComesBackUntilTheyHaveItAll() {
        var id = "long-winded";
        var customer = Client.customer(gateway, id);
        customer.say("call", "转人工");
        try (var socket = customer.socket()) {
            socket.await("messages", frame -> frame.get("sequence").asLong() == 2);
        }
        samples.sql(
                """
                with added as (
                    insert into message (id, conversation_id, party_id, revision, direction,
                        author_kind, content, sent_at, received_at)
                    select gen_random_uuid(), c.id, c.party_id, c.revision + n, 'out', 'bot',
                        jsonb_build_object('type', 'text', 'body', repeat('长', 4000)), now(), now()
                    from conversation c, generate_series(1, 150) n where c.party = '%1$s'
                    returning id, party_id, seq
                ), lines as (
                    insert into app_line (party_id, seq, message_id)
                    select party_id, 2 + row_number() over (order by seq), id from added
                )
                update app_thread set last = last + 150
                where party_id = (select id from party where party = '%1$s')
                """
                        .formatted(id));
        var have = new AtomicLong();
        var connections = 0;

        while (have.get() < 152) {
            assertThat(connections++).isLessThan(20);
            try (var socket = customer.socket("&after=" + have)) {
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> socket.isClosed() || lastOf(socket) == 152);
                lines(socket)
                        .forEach(
                                line ->
                                        assertThat(line.get("sequence").asLong())
                                                .isEqualTo(have.incrementAndGet()));
            }
        }
    }

    private static long lastOf(Socket socket) {
        var frames = socket.frames("messages");
        return frames.isEmpty() ? 0 : frames.getLast().get("sequence").asLong();
    }

    @Test
    void whatIsReceivedAndReadIsKnownAtTheDesk() {
        var customer = Client.customer(gateway);
        try (var socket = customer.socket()) {
            Client.say(socket, "ask", "怎么还信用卡");
            var answer = socket.await("messages", frame -> frame.toString().contains("\"bot\""));
            var message = lineFrom(answer, "bot");
            socket.say(Map.of("type", "received", "sequence", 2));
            awaitDelivery(message, "delivered");

            socket.say(Map.of("type", "read", "sequence", 2));
            awaitDelivery(message, "read");
        }
        try (var again = customer.socket()) {
            assertThat(again.await("hello").get("read").asLong()).isEqualTo(2);
            assertThat(again.await("messages").get("items")).hasSize(2);
        }
    }

    private void awaitDelivery(JsonNode message, String state) {
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () ->
                                samples.one(
                                                "select state from delivery where message_id = '%s'"
                                                        .formatted(message.get("id").asString()))
                                        .equals(state));
    }

    @Test
    void whoLogsInGoesOnWhereTheyWere() {
        var visitor = Client.visitor(gateway);
        String conversation;
        try (var socket = visitor.socket()) {
            Client.say(socket, "before", "我想找人工客服");
            awaitLine(socket, "我想找人工客服");
            conversation = conversationOf("我想找人工客服");
        }
        var xiaoli = gateway.signedIn("xiaoli");
        xiaoli.post("/api/v1/conversations/" + conversation + "/take");
        var customer = Client.customer(gateway);

        var linked = customer.post("login", Map.of("visitor", visitor.token()));

        assertThat(linked.status()).as(linked.toString()).isEqualTo(204);
        try (var socket = customer.socket()) {
            awaitLine(socket, "我想找人工客服");
            Client.say(socket, "after", "登录好了");
            awaitLine(socket, "登录好了");
            assertThat(conversationOf("登录好了")).isEqualTo(conversation);

            xiaoli.post(
                    "/api/v1/conversations/" + conversation + "/messages",
                    Map.of(
                            "clientId",
                            java.util.UUID.randomUUID().toString(),
                            "content",
                            Map.of("type", "text", "body", "李先生您好")));
            assertThat(awaitLine(socket, "李先生您好").get("name").asString()).isEqualTo("小李");
        }
        var thread = xiaoli.get("/api/v1/conversations/" + conversation).json();
        assertThat(thread.get("name").asString()).isEqualTo("李雷");
        // The visitor is somebody now: their token alone opens nothing, and nobody else has them.
        assertRefused(visitor.token(), null, 401);
        var thief = Client.customer(gateway).post("login", Map.of("visitor", visitor.token()));
        assertThat(thief.status()).isEqualTo(409);
    }

    @Test
    void theNextConversationShowsTheVisitorsAtTheDesk() {
        var visitor = Client.visitor(gateway);
        try (var socket = visitor.socket()) {
            Client.say(socket, "v", "访客说过的话");
            awaitLine(socket, "访客说过的话");
        }
        var earlier = conversationOf("访客说过的话");
        var zhuguan = gateway.signedIn("zhuguan");
        zhuguan.post("/api/v1/conversations/" + earlier + "/close");
        var customer = Client.customer(gateway);
        customer.post("login", Map.of("visitor", visitor.token()));

        customer.say("c", "登录之后的新问题");

        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            var now = conversationOf("登录之后的新问题");
                            assertThat(now).isNotEqualTo(earlier);
                            assertThat(
                                            zhuguan.get(
                                                            "/api/v1/conversations/"
                                                                    + now
                                                                    + "/messages")
                                                    .body())
                                    .contains("访客说过的话");
                        });
    }

    @Test
    void eitherSideSeesTheOtherType() {
        var customer = Client.customer(gateway);
        try (var socket = customer.socket()) {
            Client.say(socket, "t", "看得到我打字吗");
            awaitLine(socket, "看得到我打字吗");
            var conversation = conversationOf("看得到我打字吗");
            var xiaoli = gateway.signedIn("xiaoli");
            xiaoli.post("/api/v1/conversations/" + conversation + "/take");
            try (var desk = xiaoli.socket()) {
                desk.watch(conversation, 0);
                desk.await("messages");
                socket.say(Map.of("type", "typing", "on", true));
                assertThat(desk.await("typing").get("agent").asString()).isEqualTo("李雷");

                xiaoli.post(
                        "/api/v1/conversations/" + conversation + "/typing", Map.of("on", true));
                assertThat(socket.await("typing").get("on").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void nonsenseEndsTheTalk() {
        try (var socket = Client.customer(gateway).socket()) {
            socket.await("hello");
            socket.shout("not json");
            assertThat(socket.awaitClose(SOON)).isEqualTo(1007);
        }
    }

    @Test
    void aFrameWithoutEndEndsTheTalk() {
        try (var socket = Client.customer(gateway).socket()) {
            socket.await("hello");
            socket.shout("x".repeat(17 * 1024));
            assertThat(socket.awaitClose(SOON)).isEqualTo(1009);
        }
    }

    @Test
    void whoTalksFasterThanPeopleDoIsShownOut() {
        try (var socket = Client.customer(gateway).socket()) {
            socket.await("hello");
            for (var i = 0; i < 200; i++) {
                socket.shout("{\"type\":\"ping\"}");
            }
            // Whoever still talks when the line is closed may not hear why.
            assertThat(socket.awaitClose(SOON)).isIn(1008, 1006);
        }
    }

    @Test
    void oneCustomerHasSomeDevicesAndNotAnyNumber() {
        var customer = Client.customer(gateway);
        var sockets = new java.util.ArrayList<Socket>();
        try {
            for (var i = 0; i < 10; i++) {
                sockets.add(customer.socket());
                sockets.getLast().await("hello");
            }
            assertRefused(customer.token(), null, 429);
        } finally {
            sockets.forEach(Socket::close);
        }
    }

    private String conversationOf(String words) {
        return samples.one(
                "select conversation_id::text from message where content ->> 'body' = '"
                        + words
                        + "'");
    }

    private void assertRefused(String token, @Nullable String origin, int status) {
        assertThatThrownBy(() -> Socket.ofApp(gateway.address(), token, "", origin))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .extracting(
                        failure ->
                                ((WebSocketHandshakeException) failure).getResponse().statusCode())
                .isEqualTo(status);
    }

    private static JsonNode lineFrom(JsonNode frame, String from) {
        return frame.get("items")
                .valueStream()
                .filter(item -> item.get("from").asString().equals(from))
                .findFirst()
                .orElseThrow();
    }

    private static boolean own(JsonNode line) {
        return line.get("from").asString().equals("customer");
    }
}
