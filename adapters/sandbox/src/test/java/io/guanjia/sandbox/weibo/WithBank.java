package io.guanjia.sandbox.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.http.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A sandbox with one Weibo account and its server, at noon in Beijing. */
abstract class WithBank {

    static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
    static final String TOKEN = "2.00token";

    final HttpClient http = HttpClient.newHttpClient();
    BankServer server;
    Sandbox sandbox;
    WeiboAccount account;
    WeiboUser lilei;

    @BeforeEach
    void start() {
        server = new BankServer();
        sandbox = Sandbox.start(SandboxSettings.forTests().by(Clock.fixed(NOON, ZoneOffset.UTC)));
        var platform = sandbox.platform(WeiboPlatform.class);
        platform.open(
                "bank",
                Map.of("uid", "5011223344", "app-secret", BankServer.SECRET, "access-token", TOKEN),
                server.url());
        account = platform.account("bank");
        // As patient as the platform, but quick to try again.
        account.patience(new Patience(Duration.ofSeconds(5), Duration.ofMillis(50), 3));
        lilei = account.meet("李雷");
    }

    @AfterEach
    void stop() {
        sandbox.stop();
        server.close();
        http.close();
    }

    static <T> T ended(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("did not end", e);
        }
    }

    CallbackOutcome does(Deed deed) {
        return ended(lilei.starts(deed));
    }

    CallbackOutcome says(String words) {
        return does(Deed.text(words));
    }

    /** Sends text with messages/reply. */
    JsonNode sends(String words) {
        return json(reply(TOKEN, form("text", Json.object().put("text", words).toString())));
    }

    String form(String type, String data) {
        return "receiver_id="
                + lilei.id()
                + "&type="
                + type
                + "&data="
                + URLEncoder.encode(data, UTF_8)
                + "&save_sender_box=1";
    }

    HttpResponse<String> reply(String token, String form) {
        return send(
                HttpRequest.newBuilder(at("/weibo/2/messages/reply.json?access_token=" + token))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    HttpResponse<String> control(String method, String path, String body) {
        return send(
                HttpRequest.newBuilder(at("/sandbox/api" + path))
                        .method(method, BodyPublishers.ofString(body)));
    }

    URI at(String path) {
        return URI.create(sandbox.address() + path);
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    static int code(JsonNode answer) {
        return answer.path("error_code").asInt(0);
    }
}
