package io.guanjia.adapters.wechat;

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

/** A small stand-in for api.weixin.qq.com that says what a test tells it to. */
final class FakePlatform implements AutoCloseable {

    static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    /** One request as it came. */
    record Request(String path, String query, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(text());
        }
    }

    /** Answers a request. */
    interface Script extends BiFunction<Request, HttpServerResponse, Publisher<Void>> {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final DisposableServer server;

    FakePlatform() {
        server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
        tokens("token-1");
        answer(Api.CUSTOM_SEND, OK);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Hands out these tokens, the next one at each forced refresh. */
    void tokens(String... tokens) {
        var next = new AtomicInteger();
        script(
                Api.STABLE_TOKEN,
                (request, response) -> {
                    if (request.json().path("force_refresh").asBoolean()) {
                        next.incrementAndGet();
                    }
                    return json(
                            response,
                            "{\"access_token\":\""
                                    + tokens[next.get()]
                                    + "\",\"expires_in\":7200}");
                });
    }

    void answer(Api api, String json) {
        script(api, (request, response) -> json(response, json));
    }

    /** Gives these answers in turn, the last one for ever. */
    void answers(Api api, String... answers) {
        var next = new AtomicInteger();
        script(
                api,
                (request, response) ->
                        json(
                                response,
                                answers[Math.min(next.getAndIncrement(), answers.length - 1)]));
    }

    void script(Api api, Script script) {
        scripts.put(api.path(), script);
    }

    void script(String path, Script script) {
        scripts.put(path, script);
    }

    List<Request> all() {
        return requests;
    }

    List<Request> requests(Api api) {
        return requests.stream().filter(request -> request.path().equals(api.path())).toList();
    }

    static Publisher<Void> json(HttpServerResponse response, String json) {
        return body(
                response,
                "application/json; encoding=utf-8",
                json.getBytes(StandardCharsets.UTF_8));
    }

    static Publisher<Void> body(HttpServerResponse response, String type, byte[] body) {
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
