package io.guanjia.sandbox.wechat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the platform as an account's server does. */
public final class AccountClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final AccountSettings settings;

    private final Duration patience;

    public AccountClient(URI apiBase, AccountSettings settings, Duration patience) {
        this.patience = patience;
        this.base = apiBase + "/cgi-bin/";
        this.settings = settings;
    }

    JsonNode token() {
        return get(
                "token?grant_type=client_credential&appid="
                        + settings.appId()
                        + "&secret="
                        + settings.secret());
    }

    JsonNode stableToken(boolean force) {
        return post(
                "stable_token",
                """
                {"grant_type":"client_credential","appid":"%s","secret":"%s","force_refresh":%s}\
                """
                        .formatted(settings.appId(), settings.secret(), force));
    }

    public String goodToken() {
        return stableToken(false).path("access_token").asString();
    }

    /** Posts with a good token. */
    public JsonNode call(String api, String body) {
        return post(api + "?access_token=" + goodToken(), body);
    }

    JsonNode sendText(Customer to, String content) {
        return call("message/custom/send", textMessage(to.openId(), content));
    }

    static String textMessage(String openId, String content) {
        return Json.object()
                .put("touser", openId)
                .put("msgtype", "text")
                .set("text", Json.object().put("content", content))
                .toString();
    }

    JsonNode get(String path) {
        return Json.MAPPER.readTree(send(HttpRequest.newBuilder(uri(path)).GET()).body());
    }

    JsonNode post(String path, String body) {
        return Json.MAPPER.readTree(rawPost(path, body).body());
    }

    HttpResponse<String> rawPost(String path, String body) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<String> handler) {
        try {
            return http.send(request.timeout(patience).build(), handler);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The answer's bytes, one character each. */
    String sendForBytes(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString(ISO_8859_1)).body();
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }
}
