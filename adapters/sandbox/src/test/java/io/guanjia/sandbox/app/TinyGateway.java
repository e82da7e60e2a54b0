package io.guanjia.sandbox.app;

import io.guanjia.sandbox.http.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The gateway's side of the protocol for one customer, small enough to be seen through. */
final class TinyGateway implements AutoCloseable {

    private final DisposableServer server;
    private final List<ObjectNode> lines = new ArrayList<>();
    private final List<String> afters = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<ObjectNode> said = new ArrayList<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private Sinks.@Nullable Many<String> socket;
    private @Nullable Connection connection;
    private boolean silent;

    TinyGateway() {
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .route(
                                routes ->
                                        routes.get("/app/v1/socket", this::socket)
                                                .post("/app/v1/visitors", this::visitor)
                                                .post("/app/v1/login", this::login))
                        .bindNow();
    }

    URI callback() {
        return URI.create("http://127.0.0.1:" + server.port() + "/callbacks/app/web");
    }

    private Mono<Void> socket(HttpServerRequest request, HttpServerResponse response) {
        var query = new QueryStringDecoder(request.uri()).parameters();
        synchronized (this) {
            afters.add(String.join(",", query.getOrDefault("after", List.of("none"))));
            tokens.add(
                    String.valueOf(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))
                            .replace("Bearer ", ""));
        }
        return response.sendWebsocket(this::talk);
    }

    private Mono<Void> talk(WebsocketInbound in, WebsocketOutbound out) {
        var words = Sinks.many().unicast().<String>onBackpressureBuffer();
        in.withConnection(
                opened -> {
                    synchronized (this) {
                        connection = opened;
                        socket = words;
                    }
                });
        words.tryEmitNext("{\"type\":\"hello\",\"customer\":\"" + party() + "\",\"last\":0}");
        var from = from();
        synchronized (this) {
            if (lines.size() > from) {
                words.tryEmitNext(frame(from));
            }
        }
        var hearing =
                in.receive().asString().concatMap(text -> Mono.fromRunnable(() -> hear(text)));
        return out.sendObject(words.asFlux().map(TextWebSocketFrame::new), _ -> true)
                .then()
                .or(hearing.then());
    }

    private synchronized String party() {
        var claims = tokens.getLast().split("\\.");
        return claims.length == 3
                ? Json.text(
                        java.util.Objects.requireNonNull(
                                Json.readObject(
                                        new String(
                                                Base64.getUrlDecoder().decode(claims[1]),
                                                StandardCharsets.UTF_8))),
                        "sub")
                : "visitor:1";
    }

    private synchronized int from() {
        var after = afters.getLast();
        return after.equals("none") ? 0 : Integer.parseInt(after);
    }

    private synchronized String frame(int from) {
        var frame = Json.object().put("type", "messages").put("after", from);
        frame.put("sequence", lines.size());
        frame.putArray("items").addAll(lines.subList(from, lines.size()));
        return frame.toString();
    }

    private synchronized void hear(String text) {
        var frame = java.util.Objects.requireNonNull(Json.readObject(text));
        said.add(frame);
        notifyAll();
        if (silent || !Json.text(frame, "type").equals("send")) {
            return;
        }
        var id = Json.text(frame, "id");
        if (Json.text(frame.path("content"), "body").length() > 4000) {
            push("{\"type\":\"refused\",\"id\":\"" + id + "\",\"code\":\"too-long\"}");
            return;
        }
        if (taken.add(id)) {
            var line = line("customer").put("clientId", id);
            line.set("content", frame.path("content"));
            add(line);
        }
        push("{\"type\":\"accepted\",\"id\":\"" + id + "\"}");
    }

    /** Somebody at the company writes. */
    synchronized void says(String words) {
        var line = line("agent").put("name", "小李");
        line.set("content", Json.object().put("type", "text").put("body", words));
        add(line);
    }

    /** Somebody at the company is about to write. */
    synchronized void types() {
        push(Json.object().put("type", "typing").put("on", true).toString());
    }

    /** A frame that leaves a line out. */
    synchronized void skips(String words) {
        var line = line("agent");
        line.set("content", Json.object().put("type", "text").put("body", words));
        lines.add(line);
        push(frame(lines.size() - 1));
    }

    /** Adds a line that nobody is told of. */
    synchronized void hides(String words) {
        var line = line("agent");
        line.set("content", Json.object().put("type", "text").put("body", words));
        lines.add(line);
    }

    private ObjectNode line(String from) {
        return Json.object()
                .put("sequence", lines.size() + 1)
                .put("id", "m" + (lines.size() + 1))
                .put("from", from)
                .put("at", "2026-03-02T08:30:15Z");
    }

    private void add(ObjectNode line) {
        lines.add(line);
        push(frame(lines.size() - 1));
    }

    private void push(String frame) {
        if (socket != null) {
            socket.tryEmitNext(frame);
        }
    }

    /** Answers nothing from now on, or answers again. */
    synchronized void silent(boolean now) {
        silent = now;
    }

    /** The connection is gone without a word. */
    synchronized void cut() {
        if (connection != null) {
            connection.channel().close();
        }
    }

    synchronized List<String> afters() {
        return List.copyOf(afters);
    }

    synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    synchronized Set<String> taken() {
        return Set.copyOf(taken);
    }

    /** Waits for so many frames of a type from the client; fails after ten seconds. */
    synchronized List<ObjectNode> awaitSaid(String type, int count) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (said(type).size() < count) {
            var millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("only " + said(type) + " of " + count);
            }
            wait(millis);
        }
        return said(type);
    }

    synchronized List<ObjectNode> said(String type) {
        return said.stream().filter(frame -> Json.text(frame, "type").equals(type)).toList();
    }

    private Mono<Void> visitor(HttpServerRequest request, HttpServerResponse response) {
        return response.status(201).sendString(Mono.just("{\"token\":\"visitor-token\"}")).then();
    }

    private Mono<Void> login(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap(body -> logged(body, response));
    }

    private Mono<Void> logged(String body, HttpServerResponse response) {
        return response.status(body.contains("visitor-token") ? 204 : 401).send();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(3));
    }
}
