package io.guanjia.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

final class AppRestTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CUT_OFF = "cut off";
    private static final byte[] PNG =
            HexFormat.of()
                    .parseHex(
                            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                                    + "1f15c4890000000d49444154789c636060606000000005"
                                    + "0001a5f645400000000049454e44ae426082");

    private final Gateway gateway = Gateway.shared();

    @Test
    void anAppCanDoWithoutASocket() {
        var customer = Client.customer(gateway);
        var taken = customer.say("r1", "怎么还信用卡");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.json().get("id").asString()).isEqualTo("r1");

        var thread = awaitThread(customer, 2);

        assertThat(thread.at("/items/0/clientId").asString()).isEqualTo("r1");
        assertThat(thread.at("/items/1/from").asString()).isEqualTo("bot");
        assertThat(customer.get("messages", "&after=1").json().get("items")).hasSize(1);
        assertThat(customer.get("messages", "&before=2").json().at("/items/0/sequence").asLong())
                .isEqualTo(1);
        assertThat(customer.post("received", Map.of("sequence", 2)).status()).isEqualTo(204);
        assertThat(customer.post("read", Map.of("sequence", 2)).status()).isEqualTo(204);
        assertThat(customer.get("messages", "").json().get("read").asLong()).isEqualTo(2);
        assertThat(customer.post("typing", Map.of("on", true)).status()).isEqualTo(204);
    }

    @Test
    void aPictureIsUploadedSentAndSeenByItsLinkOnly() throws Exception {
        var customer = Client.customer(gateway);
        var kept = upload(customer, "card.png", "image/png", PNG);
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
        var file = new JsonMapper().readTree(kept.body());
        var content = Map.of("type", "image", "media", Map.of("id", file.get("id").asString()));

        assertThat(customer.post("messages", Map.of("id", "p1", "content", content)).status())
                .isEqualTo(202);
        var stolen =
                Client.customer(gateway).post("messages", Map.of("id", "p1", "content", content));
        assertThat(stolen.status()).isEqualTo(422);
        assertThat(stolen.code()).isEqualTo("no-such-file");

        var link = awaitThread(customer, 1).at("/items/0/content/media/url").asString();
        assertThat(bytes(link)).isEqualTo(PNG);
        assertThat(status(link.replaceAll("signature=..", "signature=AA"))).isEqualTo(404);
        assertThat(status(link.replaceAll("until=\\d+", "until=99999999999"))).isEqualTo(404);
    }

    @Test
    void whatIsNotWhatItSaysIsNotKept() throws Exception {
        var customer = Client.customer(gateway);
        var page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);

        assertThat(upload(customer, "card.png", "image/png", page).statusCode()).isEqualTo(415);
        assertThat(upload(customer, "card.png", "image/png", new byte[0]).statusCode())
                .isEqualTo(422);
    }

    @Test
    void nobodyUploadsMoreThanTheirShareOfADay() throws Exception {
        var customer = Client.customer(gateway, "uploader");
        gateway.samples()
                .sql(
                        """
                        with kept as (
                            insert into media (id, mime_type, size, sha256, created_at)
                            select gen_random_uuid(), 'image/png', 10, '', now()
                            from generate_series(1, 99) returning id
                        )
                        insert into app_upload (media_id, account, party, size)
                        select id, 'web', 'uploader', 10 from kept
                        """);
        assertThat(upload(customer, "card.png", "image/png", PNG).statusCode()).isEqualTo(201);

        var refused = upload(customer, "card.png", "image/png", PNG);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"upload-limit\"");
        assertThat(upload(Client.customer(gateway), "card.png", "image/png", PNG).statusCode())
                .isEqualTo(201);
    }

    @Test
    void anEndlessUploadIsRefused() throws Exception {
        var customer = Client.customer(gateway);
        var request =
                HttpRequest.newBuilder(gateway.address().resolve("/app/v1/media?account=web"))
                        .header("Authorization", "Bearer " + customer.token())
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(
                                BodyPublishers.fromPublisher(
                                        BodyPublishers.ofInputStream(InputStream::nullInputStream),
                                        1L << 30))
                        .build();
        try {
            assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        } catch (IOException cutOff) {
            // We answer without reading a byte of it; a client that goes on writing may miss that.
            assertThat(cutOff).isNotNull();
        }
    }

    /** One that says no length beforehand, up to a gigabyte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=\"file\"; filename=\"a.png\"",
                "name=\"x\"; filename=\"a.png\"",
                "name=\"x\""
            })
    void anEndlessUploadIsRefusedOnceItIsTooMuch(String part) throws Exception {
        var address = gateway.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var out = socket.getOutputStream();
            out.write(
                    """
                    POST /app/v1/media?account=web HTTP/1.1\r
                    Host: %s\r
                    Authorization: Bearer %s\r
                    Content-Type: multipart/form-data; boundary=b\r
                    Transfer-Encoding: chunked\r
                    \r
                    """
                            .formatted(address.getAuthority(), Client.customer(gateway).token())
                            .getBytes(StandardCharsets.UTF_8));
            write(
                    out,
                    "--b\r\nContent-Disposition: form-data; %s\r\n\r\n"
                            .formatted(part)
                            .getBytes(StandardCharsets.UTF_8));
            write(out, PNG);

            var sent = writeUntilAnswered(socket, 1L << 30);

            assertThat(sent).isLessThan(64L << 20);
            assertThat(answer(socket))
                    .matches(line -> line.startsWith("HTTP/1.1 413") || line.equals(CUT_OFF));
        }
    }

    /** Whoever still writes when we close may miss what we said. */
    private static String answer(Socket socket) throws IOException {
        try {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            return Objects.requireNonNullElse(in.readLine(), CUT_OFF);
        } catch (SocketException closed) {
            return CUT_OFF;
        }
    }

    private static long writeUntilAnswered(Socket socket, long most) throws IOException {
        var more = new byte[64 * 1024];
        long sent = 0;
        try {
            while (sent < most && socket.getInputStream().available() == 0) {
                write(socket.getOutputStream(), more);
                sent += more.length;
            }
        } catch (SocketException closed) {
            // The answer may be there all the same.
        }
        return sent;
    }

    private static void write(OutputStream out, byte[] chunk) throws IOException {
        out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  messages, 401",
        "POST, messages, 401",
        "POST, login,    401",
        "POST, read,     401",
        "POST, typing,   401",
        "POST, media,    401",
    })
    void nothingIsOpenWithoutAToken(String method, String path, int status) {
        var answer = gateway.browser().send(method, "/app/v1/" + path + "?account=web", null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo("unauthorized");
        assertThat(answer.header("set-cookie")).isNull();
    }

    @Test
    void whoCannotLogInLearnsWhichTokenIsNoGood() {
        var visitor = Client.visitor(gateway);
        var expired = Client.token("C", Instant.now().minusSeconds(60), Gateway.LOGIN_KEY);

        var late =
                Client.withToken(gateway, expired)
                        .post("login", Map.of("visitor", visitor.token()));
        var nobody = Client.customer(gateway).post("login", Map.of("visitor", "nonsense"));
        var twoVisitors = visitor.post("login", Map.of("visitor", visitor.token()));

        assertThat(late.status()).isEqualTo(401);
        assertThat(late.code()).isEqualTo("unauthorized");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.code()).isEqualTo("no-such-visitor");
        assertThat(twoVisitors.status()).isEqualTo(401);
    }

    @Test
    void aTokenOfTheAppOpensNothingAtTheDesk() {
        var answer =
                gateway.browser()
                        .with("Authorization", "Bearer " + Client.customer(gateway).token())
                        .get("/api/v1/conversations?view=queue");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void anAccountThatIsNotThereIsNotThere() {
        assertThat(gateway.browser().post("/app/v1/visitors?account=none").status()).isEqualTo(404);
        assertThat(gateway.browser().post("/app/v1/visitors").status()).isEqualTo(404);
        assertThat(gateway.browser().get("/app/v1/nothing?account=web").status()).isEqualTo(404);
    }

    @Test
    void theCompanysPagesMayAskAndReadTheAnswer() throws Exception {
        var asked =
                HTTP.send(
                        request("/app/v1/messages?account=web", "https://www.bank.example")
                                .header("Access-Control-Request-Method", "POST")
                                .header("Access-Control-Request-Headers", "authorization")
                                .method("OPTIONS", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("access-control-allow-origin"))
                .hasValue("https://www.bank.example");
        assertThat(asked.headers().firstValue("access-control-allow-credentials")).isEmpty();

        var refused =
                HTTP.send(
                        request("/app/v1/messages?account=web", "https://www.bank.example").build(),
                        BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("access-control-allow-origin"))
                .hasValue("https://www.bank.example");
    }

    @Test
    void otherPagesMayNotAsk() throws Exception {
        var asked =
                HTTP.send(
                        request("/app/v1/visitors?account=web", "https://evil.example")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(asked.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'nonsense'                                                     | 400 | malformed",
                "'{\"id\":\"1\",\"content\":{\"type\":\"text\",\"body\":\"\"}}' | 400 | malformed",
                "'{\"id\":\"1\",\"content\":{\"type\":\"image\",\"media\":{\"id\":\"x\"}}}' | 422 |"
                        + " no-such-file",
            })
    void saysWhatIsWrong(String body, int status, String code) {
        var answer =
                gateway.browser()
                        .with("Authorization", "Bearer " + Client.customer(gateway).token())
                        .send("POST", "/app/v1/messages?account=web", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void theWidgetIsSmallAndAskedForOnce() throws Exception {
        var first =
                HTTP.send(
                        request("/widget.js", "https://any.example").build(),
                        BodyHandlers.ofString());
        var tag = first.headers().firstValue("etag").orElseThrow();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(40_000);
        assertThat(first.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/javascript");
        assertThat(first.headers().firstValue("cross-origin-resource-policy"))
                .hasValue("cross-origin");
        assertThat(first.headers().firstValue("cache-control").orElseThrow()).contains("max-age");
        var again =
                HTTP.send(
                        request("/widget.js", "https://any.example")
                                .header("If-None-Match", tag)
                                .build(),
                        BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void theDescriptionIsThere() {
        var description = gateway.browser().get("/app/v1/openapi.yaml");

        assertThat(description.status()).isEqualTo(200);
        assertThat(description.body())
                .contains(
                        "/app/v1/visitors:",
                        "/app/v1/login:",
                        "/app/v1/messages:",
                        "/app/v1/media:",
                        "/app/v1/media/{id}:",
                        "/app/v1/read:",
                        "/app/v1/received:",
                        "/app/v1/typing:");
    }

    private JsonNode awaitThread(Client customer, long last) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> customer.get("messages", "").json().get("last").asLong() >= last);
        return customer.get("messages", "").json();
    }

    private HttpResponse<String> upload(Client by, String name, String type, byte[] bytes)
            throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                                + name
                                + "\"\r\nContent-Type: "
                                + type
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(gateway.address().resolve("/app/v1/media?account=web"))
                        .header("Authorization", "Bearer " + by.token())
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String origin) {
        return HttpRequest.newBuilder(gateway.address().resolve(path)).header("Origin", origin);
    }

    private byte[] bytes(String path) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(gateway.address().resolve(URI.create(path))).build(),
                        BodyHandlers.ofByteArray())
                .body();
    }

    private int status(String path) {
        return gateway.browser().get(path).status();
    }
}
