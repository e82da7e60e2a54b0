package io.guanjia.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps cookies and proves where it comes from, as a browser with our page does. */
public final class Browser {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    Browser(URI base) {
        this.base = base;
    }

    public Browser signIn(String username, String password) {
        get("/api/v1/me");
        var answer = post("/api/v1/session", Map.of("username", username, "password", password));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return this;
    }

    /** Sends this with every request from now on. */
    public Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public @Nullable String cookie(String name) {
        return cookies.get(name);
    }

    public Browser setCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    public Browser forget(String cookie) {
        cookies.remove(cookie);
        return this;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body));
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, JSON.writeValueAsString(body));
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, JSON.writeValueAsString(body));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Posts one file, as a form does. */
    public Answer upload(String path, String name, String type, String content) {
        return send(
                "POST",
                path,
                """
                --b\r
                Content-Disposition: form-data; name="file"; filename="%s"\r
                Content-Type: %s\r
                \r
                %s\r
                --b--\r
                """
                        .formatted(name, type, content),
                "multipart/form-data; boundary=b");
    }

    /** {@code body} is sent as JSON unless a header says otherwise. */
    public Answer send(String method, String path, @Nullable String body) {
        return send(method, path, body, "application/json");
    }

    private Answer send(String method, String path, @Nullable String body, String type) {
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", type);
        }
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        var csrf = cookies.get("XSRF-TOKEN");
        if (!method.equals("GET") && csrf != null && !headers.containsKey("X-XSRF-TOKEN")) {
            request.header("X-XSRF-TOKEN", csrf);
        }
        headers.forEach(request::header);
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("set-cookie").forEach(this::keep);
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String cookieHeader() {
        var pairs = new StringBuilder();
        cookies.forEach(
                (name, value) ->
                        pairs.append(pairs.isEmpty() ? "" : "; ")
                                .append(name)
                                .append('=')
                                .append(value));
        return pairs.toString();
    }

    private void keep(String setCookie) {
        for (var cookie : HttpCookie.parse(setCookie)) {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        }
    }

    /** A new ticket for the socket. */
    public String ticket() {
        return post("/api/v1/desk/tickets").json().get("ticket").asString();
    }

    /** The desk's socket, open. */
    public Socket socket() {
        return Socket.open(base, ticket(), origin());
    }

    public String origin() {
        return base.toString();
    }

    public URI base() {
        return base;
    }
}
