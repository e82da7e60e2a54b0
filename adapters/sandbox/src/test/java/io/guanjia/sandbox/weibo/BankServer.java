package io.guanjia.sandbox.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.weixin.protocol.Signature;
import io.netty.handler.codec.http.QueryStringDecoder;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A small server of an account: checks callbacks, answers as told. */
final class BankServer implements AutoCloseable {

    static final String SECRET = "xyz123xyz";

    /** What it answers. */
    record Reaction(int status, String body) {}

    /** What arrived. */
    record Arrival(Map<String, String> query, String body, JsonNode message) {}

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
    private volatile Function<Arrival, Reaction> reaction = arrival -> new Reaction(200, "");

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port() + "/callback?from=sandbox");
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    void reacts(Function<Arrival, Reaction> how) {
        reaction = how;
    }

    /** Replies passively with text. */
    void replies(String words) {
        reaction = arrival -> new Reaction(200, passive(arrival, words));
    }

    static String passive(Arrival to, String words) {
        var data = Json.object().put("text", words).toString();
        var reply = Json.object().put("result", true);
        reply.set("receiver_id", to.message().get("sender_id"));
        reply.set("sender_id", to.message().get("receiver_id"));
        return reply.put("type", "text").put("data", URLEncoder.encode(data, UTF_8)).toString();
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        if (!Signature.matches(
                query.get("signature"), SECRET, query.get("timestamp"), query.get("nonce"))) {
            return response.status(403).send();
        }
        if (request.method().name().equals("GET")) {
            return response.sendString(Mono.just(query.getOrDefault("echostr", ""))).then();
        }
        return request.receive()
                .aggregate()
                .asString(UTF_8)
                .flatMap(
                        body -> {
                            var arrival = new Arrival(query, body, Json.MAPPER.readTree(body));
                            arrivals.add(arrival);
                            var answer = reaction.apply(arrival);
                            return response.status(answer.status())
                                    .sendString(Mono.just(answer.body()))
                                    .then();
                        });
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}
