package io.guanjia.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A person at the desk, through the interface that the console uses. */
final class DeskClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private @Nullable String token;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

    DeskClient(URI base) {
        this.base = base;
    }

    /** Another system with a service token. */
    static DeskClient system(URI base, String token) {
        var client = new DeskClient(base);
        client.token = token;
        return client;
    }

    /** Signs in and is there for customers. */
    DeskClient signIn(String username, String password) {
        send("GET", "/api/v1/me", null);
        expect(
                200,
                send(
                        "POST",
                        "/api/v1/session",
                        Map.of("username", username, "password", password)));
        expect(200, send("PUT", "/api/v1/me/presence", Map.of("status", "online")));
        return this;
    }

    List<JsonNode> conversations(String view) {
        var answer = expect(200, send("GET", "/api/v1/conversations?view=" + view, null));
        return list(answer.get("items"));
    }

    JsonNode conversation(String id) {
        return expect(200, send("GET", "/api/v1/conversations/" + id, null));
    }

    void take(String conversation) {
        expect(200, send("POST", "/api/v1/conversations/" + conversation + "/take", Map.of()));
    }

    void handBack(String conversation) {
        expect(200, send("POST", "/api/v1/conversations/" + conversation + "/hand-back", Map.of()));
    }

    JsonNode reply(String conversation, String words) {
        return reply(conversation, UUID.randomUUID().toString(), words);
    }

    JsonNode reply(String conversation, String clientId, String words) {
        return say(conversation, clientId, Map.of("type", "text", "body", words));
    }

    private JsonNode say(String conversation, String clientId, Map<String, ?> content) {
        return expect(
                201,
                send(
                        "POST",
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("clientId", clientId, "content", content)));
    }

    /** Uploads a file and says it as content of this type. */
    void sendFile(String conversation, String type, String name, byte[] bytes) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                """
                --b\r
                Content-Disposition: form-data; name="file"; filename="%s"\r
                \r
                """
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        var file =
                expect(
                        201,
                        send(
                                request(
                                                "POST",
                                                "/api/v1/media",
                                                BodyPublishers.ofByteArray(body.toByteArray()))
                                        .setHeader(
                                                "Content-Type",
                                                "multipart/form-data; boundary=b")));
        say(
                conversation,
                UUID.randomUUID().toString(),
                Map.of("type", type, "media", Map.of("id", file.get("id").asString())));
    }

    void note(String conversation, String words) {
        expect(
                201,
                send(
                        "POST",
                        "/api/v1/conversations/" + conversation + "/notes",
                        Map.of("clientId", UUID.randomUUID().toString(), "body", words)));
    }

    /** Says something without serving anybody. */
    JsonNode notice(String party, String key, Map<String, ?> content) {
        return expect(
                202,
                send(
                        "POST",
                        "/api/v1/messages",
                        Map.of(
                                "channel",
                                "wechat",
                                "account",
                                "demo",
                                "party",
                                party,
                                "idempotencyKey",
                                key,
                                "content",
                                content)));
    }

    JsonNode message(String id) {
        return expect(200, send("GET", "/api/v1/messages/" + id, null));
    }

    List<JsonNode> messages(String conversation) {
        return list(
                expect(
                                200,
                                send(
                                        "GET",
                                        "/api/v1/conversations/"
                                                + conversation
                                                + "/messages?after=0",
                                        null))
                        .get("items"));
    }

    HttpResponse<String> send(String method, String path, @Nullable Object body) {
        return send(
                request(
                        method,
                        path,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, body)
                        .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .forEach(cookie -> request.setHeader("X-XSRF-TOKEN", cookie.getValue()));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode expect(int status, HttpResponse<String> response) {
        assertThat(response.statusCode())
                .as(response.request().uri() + " " + response.body())
                .isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
