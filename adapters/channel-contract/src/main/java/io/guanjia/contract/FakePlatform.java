package io.guanjia.contract;

import io.netty.buffer.Unpooled;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * A platform's API on loopback that says what a test tells it to; 404 where it was told nothing.
 */
public final class FakePlatform implements AutoCloseable {

    /** One request as it came. Header names are in lower case. */
    public record Request(String path, String query, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(text());
        }
    }

    /** Answers a request. */
    public interface Script extends BiFunction<Request, HttpServerResponse, Publisher<Void>> {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final DisposableServer server;

    public FakePlatform() {
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        // Some platforms take all of a message in the address.
                        .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(16 * 1024))
                        .handle(this::handle)
                        .bindNow();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Answers so at that path, with status 200. */
    public void answer(String path, String json) {
        script(path, (request, response) -> json(response, json));
    }

    public void status(String path, int status) {
        script(path, (request, response) -> response.status(status).send());
    }

    /** Reads the request and never answers. */
    public void hangs(String path) {
        script(path, (request, response) -> Mono.never());
    }

    /** Gives these answers in turn, the last one for ever. */
    public void answers(String path, String... answers) {
        var next = new AtomicInteger();
        script(
                path,
                (request, response) ->
                        json(
                                response,
                                answers[Math.min(next.getAndIncrement(), answers.length - 1)]));
    }

    /** Answers so the next {@code times} times, and otherwise from then on. */
    public void answers(String path, int times, String answer, String then) {
        var left = new AtomicInteger(times);
        script(
                path,
                (request, response) -> json(response, left.getAndDecrement() > 0 ? answer : then));
    }

    public void script(String path, Script script) {
        scripts.put(path, script);
    }

    public List<Request> all() {
        return requests;
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public static Publisher<Void> json(HttpServerResponse response, String json) {
        return body(response, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public static Publisher<Void> body(HttpServerResponse response, String type, byte[] body) {
        return response.header("Content-Type", type)
                .header("Content-Length", Integer.toString(body.length))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(
                        body -> {
                            var uri = URI.create(request.uri());
                            var headers = new ConcurrentHashMap<String, String>();
                            request.requestHeaders()
                                    .forEach(
                                            header ->
                                                    headers.put(
                                                            header.getKey()
                                                                    .toLowerCase(Locale.ROOT),
                                                            header.getValue()));
                            var seen =
                                    new Request(
                                            uri.getPath(),
                                            uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                                            headers,
                                            body);
                            requests.add(seen);
                            var script = scripts.get(seen.path());
                            return Mono.from(
                                    script == null
                                            ? response.status(404).send()
                                            : script.apply(seen, response));
                        });
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
