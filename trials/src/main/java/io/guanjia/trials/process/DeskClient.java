package io.guanjia.trials.process;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A person at the desk, at one node, with the browser's cookies. Safe for several threads. */
public final class DeskClient {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI node;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    private DeskClient(URI node) {
        this.node = node;
    }

    /** Signs in. */
    public static DeskClient signIn(URI node, String username, String password) {
        var client = new DeskClient(node);
        try {
            client.get("/api/v1/me");
            var answer =
                    client.post(
                            "/api/v1/session", Map.of("username", username, "password", password));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "cannot sign in: " + answer.statusCode() + " " + answer.body());
            }
            return client;
        } catch (IOException e) {
            throw new IllegalStateException("cannot sign in", e);
        }
    }

    /** The same session at another node. */
    public DeskClient at(URI otherNode) {
        var other = new DeskClient(otherNode);
        other.cookies.putAll(cookies);
        return other;
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(node.resolve(path)).GET());
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String path, Map<String, ?> body) throws IOException {
        return send(
                HttpRequest.newBuilder(node.resolve(path))
                        .header("Content-Type", "application/json")
                        .header("X-XSRF-TOKEN", cookies.getOrDefault("XSRF-TOKEN", ""))
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** The ids of the conversations that wait for a person, the oldest first. */
    public List<String> queue() throws IOException {
        var answer = get("/api/v1/conversations?view=queue&limit=50");
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return JSON.readTree(answer.body())
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    /** A ticket for the socket. */
    public String ticket() throws IOException {
        var answer = post("/api/v1/desk/tickets", Map.of());
        JsonNode ticket = JSON.readTree(answer.body()).path("ticket");
        if (!ticket.isString()) {
            throw new IOException("no ticket: " + answer.statusCode() + " " + answer.body());
        }
        return ticket.asString();
    }

    /** Where a socket is opened, with a new ticket. */
    URI socket() throws IOException {
        return URI.create("ws://" + node.getAuthority() + "/api/v1/desk/socket?ticket=" + ticket());
    }

    /** What the browser says where it comes from. */
    String origin() {
        return "http://" + node.getAuthority();
    }

    /** Whether the session is still known there, as that of this user. */
    public boolean isSignedInAs(String username) throws IOException {
        var answer = get("/api/v1/me");
        return answer.statusCode() == 200
                && JSON.readTree(answer.body()).path("username").asString("").equals(username);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        request.header(
                "Cookie",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
        var answer = Http.send(request);
        for (var header : answer.headers().allValues("Set-Cookie")) {
            for (var cookie : HttpCookie.parse(header)) {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        }
        return answer;
    }
}
