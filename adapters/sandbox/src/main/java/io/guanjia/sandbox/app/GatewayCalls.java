package io.guanjia.sandbox.app;

import io.guanjia.sandbox.http.Json;
import io.netty.handler.codec.http.HttpHeaderNames;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** Asks the gateway over REST what an app asks beside its socket. */
final class GatewayCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_FILE = 20 * 1024 * 1024;

    private final String account;
    private final URI gateway;
    private final HttpClient client;

    GatewayCalls(String account, URI gateway, ConnectionProvider connections) {
        this.account = URLEncoder.encode(account, StandardCharsets.UTF_8);
        this.gateway = gateway;
        this.client = HttpClient.create(connections).responseTimeout(PATIENCE);
    }

    /** Not this time. {@link #status} is the answer's. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status) {
            super("HTTP " + status, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** A client without the time limit of a request, for sockets. */
    HttpClient sockets() {
        return client.responseTimeout(Duration.ofDays(1));
    }

    URI socket(long have, boolean fromTheStart) {
        var scheme = "https".equals(gateway.getScheme()) ? "wss" : "ws";
        return URI.create(
                scheme
                        + "://"
                        + gateway.getRawAuthority()
                        + "/app/v1/socket?account="
                        + account
                        + (fromTheStart ? "" : "&after=" + have));
    }

    /** A token for somebody who has not signed in. Fails with {@link Refused}. */
    Mono<String> visitor() {
        return client.post()
                .uri(rest("visitors"))
                .responseSingle(GatewayCalls::json)
                .map(answer -> Json.text(answer, "token"));
    }

    /** Tells that a visitor has signed in. Fails with {@link Refused}. */
    Mono<Void> login(String token, String visitor) {
        var body = Json.object().put("visitor", visitor).toString();
        return with(token)
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"))
                .post()
                .uri(rest("login"))
                .send(ByteBufMono.fromString(Mono.just(body)))
                .responseSingle(GatewayCalls::json)
                .then();
    }

    /** Emits the id under which the gateway keeps it. Fails with {@link Refused}. */
    Mono<String> upload(String token, Files.File file, String name) {
        return with(token)
                .post()
                .uri(rest("media"))
                .sendForm(
                        (_, form) ->
                                form.multipart(true)
                                        .file(
                                                "file",
                                                name,
                                                new ByteArrayInputStream(file.bytes()),
                                                file.mimeType()))
                .responseSingle(GatewayCalls::json)
                .map(answer -> Json.text(answer, "id"));
    }

    /**
     * A file by its signed address, which needs no token. Fails with {@link Refused}.
     *
     * @param address as the gateway wrote it, relative to itself
     */
    Mono<Files.File> fetch(String address) {
        return client.get()
                .uri(gateway.resolve(address))
                .responseSingle(
                        (response, body) ->
                                accepted(response)
                                        .then(body.asByteArray())
                                        .filter(bytes -> bytes.length <= LARGEST_FILE)
                                        .map(bytes -> new Files.File(type(response), bytes)));
    }

    private HttpClient with(String token) {
        return client.headers(
                headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token));
    }

    private URI rest(String path) {
        return gateway.resolve("/app/v1/" + path + "?account=" + account);
    }

    private static Mono<ObjectNode> json(HttpClientResponse response, ByteBufMono body) {
        return accepted(response)
                .then(body.asString(StandardCharsets.UTF_8).defaultIfEmpty(""))
                .map(text -> Objects.requireNonNullElseGet(Json.readObject(text), Json::object));
    }

    private static Mono<Void> accepted(HttpClientResponse response) {
        var status = response.status().code();
        return status / 100 == 2 ? Mono.empty() : Mono.error(new Refused(status));
    }

    private static String type(HttpClientResponse response) {
        return Objects.requireNonNullElse(
                response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE),
                "application/octet-stream");
    }
}
