package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.fault.Shuffler;
import io.guanjia.weixin.protocol.XmlWriter;
import io.netty.buffer.Unpooled;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** Calls the server: three tries of five seconds each, always encrypted. */
final class CorpCallbacks implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    private final ConnectionProvider connections =
            ConnectionProvider.builder("corp-callbacks")
                    .maxConnections(500)
                    .pendingAcquireMaxCount(-1)
                    .maxIdleTime(Duration.ofSeconds(10))
                    .build();
    private final HttpClient client = HttpClient.create(connections).disableRetry(true);
    private final Clock clock;
    private final Shuffler shuffler;

    CorpCallbacks(Clock clock, long seed) {
        this.clock = clock;
        this.shuffler = new Shuffler(seed);
    }

    /** Emits what came of it: {@code acknowledged}, {@code refused}, {@code lost}. Never fails. */
    Mono<String> call(Endpoint endpoint, Faults faults, String xml) {
        return Mono.defer(
                () -> {
                    var effects = faults.strike(Fault.CALLBACKS);
                    if (effects.stream().anyMatch(Effect.Lose.class::isInstance)) {
                        return Mono.just("lost");
                    }
                    return held(effects)
                            .then(shuffled(effects))
                            .then(
                                    Flux.range(0, copies(effects) + 1)
                                            .flatMap(
                                                    copy ->
                                                            tried(
                                                                    endpoint,
                                                                    xml,
                                                                    target(
                                                                            endpoint, effects,
                                                                            copy)))
                                            .reduce((first, other) -> first));
                });
    }

    /** The console's check: whether the decrypted echo comes back. */
    Mono<Boolean> verify(Endpoint endpoint) {
        return Mono.defer(
                () -> {
                    var echo = Long.toString(ThreadLocalRandom.current().nextLong(1L << 60));
                    var sealed = endpoint.crypt().encrypt(echo, timestamp(), nonce());
                    var query =
                            query(sealed.msgSignature(), sealed.timestamp(), sealed.nonce())
                                    + "&echostr="
                                    + URLEncoder.encode(sealed.encrypt(), UTF_8);
                    return client.get()
                            .uri(endpoint.callback() + "?" + query)
                            .responseSingle(
                                    (response, body) ->
                                            body.asString(UTF_8)
                                                    .defaultIfEmpty("")
                                                    .map(
                                                            text ->
                                                                    response.status().code() == 200
                                                                            && text.equals(echo)))
                            .timeout(PATIENCE)
                            .onErrorReturn(false);
                });
    }

    /** Begins it now, for those who do not live in a chain. */
    static <T> CompletionStage<T> begun(Mono<T> work) {
        var future = new CompletableFuture<T>();
        work.subscribe(future::complete, future::completeExceptionally);
        return future;
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private static Mono<Void> held(List<Effect> effects) {
        return Flux.fromIterable(effects)
                .ofType(Effect.Delay.class)
                .concatMap(delay -> Mono.delay(delay.time()))
                .then();
    }

    private Mono<Void> shuffled(List<Effect> effects) {
        return Flux.fromIterable(effects)
                .ofType(Effect.Reorder.class)
                .concatMap(shuffler::turn)
                .then();
    }

    private static int copies(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Duplicate.class::isInstance)
                .mapToInt(effect -> ((Effect.Duplicate) effect).copies())
                .sum();
    }

    private static URI target(Endpoint endpoint, List<Effect> effects, int copy) {
        var others =
                effects.stream()
                        .filter(Effect.Duplicate.class::isInstance)
                        .flatMap(effect -> ((Effect.Duplicate) effect).to().stream())
                        .toList();
        return copy == 0 || others.isEmpty()
                ? endpoint.callback()
                : others.get((copy - 1) % others.size());
    }

    private Mono<String> tried(Endpoint endpoint, String xml, URI target) {
        return once(endpoint, xml, target)
                .repeat(TRIES - 1)
                .takeUntil("acknowledged"::equals)
                .last();
    }

    /** Each try with a timestamp and nonce of its own. */
    private Mono<String> once(Endpoint endpoint, String xml, URI target) {
        return Mono.defer(
                () -> {
                    var sealed = endpoint.crypt().encrypt(xml, timestamp(), nonce());
                    var body =
                            new XmlWriter()
                                    .cdata("ToUserName", endpoint.corpId())
                                    .cdata("AgentID", endpoint.agentId())
                                    .cdata("Encrypt", sealed.encrypt())
                                    .toXml();
                    return client.headers(headers -> headers.set("Content-Type", "text/xml"))
                            .post()
                            .uri(
                                    target
                                            + "?"
                                            + query(
                                                    sealed.msgSignature(),
                                                    sealed.timestamp(),
                                                    sealed.nonce()))
                            .send(
                                    Mono.fromSupplier(
                                            () -> Unpooled.wrappedBuffer(body.getBytes(UTF_8))))
                            .responseSingle(
                                    (response, answer) ->
                                            answer.then(
                                                    Mono.just(
                                                            response.status().code() == 200
                                                                    ? "acknowledged"
                                                                    : "refused")))
                            .timeout(PATIENCE)
                            .onErrorReturn("unreachable");
                });
    }

    private static String query(String signature, String timestamp, String nonce) {
        return "msg_signature=" + signature + "&timestamp=" + timestamp + "&nonce=" + nonce;
    }

    private String timestamp() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    private static String nonce() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(100_000_000, 2_000_000_000));
    }
}
