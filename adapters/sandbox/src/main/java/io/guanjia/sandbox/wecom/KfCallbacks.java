package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
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
import java.util.concurrent.ThreadLocalRandom;

/**
 * Rings at the server: three tries of five seconds each, always encrypted, and never a word of what
 * there is to read.
 */
final class KfCallbacks implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    private final ConnectionProvider connections =
            ConnectionProvider.builder("kf-callbacks")
                    .maxConnections(500)
                    .pendingAcquireMaxCount(-1)
                    .maxIdleTime(Duration.ofSeconds(10))
                    .build();
    private final HttpClient client = HttpClient.create(connections).disableRetry(true);
    private final Clock clock;

    KfCallbacks(Clock clock) {
        this.clock = clock;
    }

    /** Emits what came of it: {@code acknowledged}, {@code refused}, {@code lost}. Never fails. */
    Mono<String> ring(KfAccount account, String token) {
        return Mono.defer(
                () -> {
                    var effects = account.faults().strike(Fault.CALLBACKS);
                    if (effects.stream().anyMatch(Effect.Lose.class::isInstance)) {
                        return Mono.just("lost");
                    }
                    var xml = news(account.settings(), token);
                    return held(effects)
                            .then(
                                    Flux.range(0, copies(effects) + 1)
                                            .flatMap(
                                                    copy ->
                                                            tried(
                                                                    account.settings(),
                                                                    xml,
                                                                    target(account, effects, copy)))
                                            .reduce((first, other) -> first));
                });
    }

    /** The console's check: whether the decrypted echo comes back. */
    Mono<Boolean> verify(KfSettings settings) {
        return Mono.defer(
                () -> {
                    var echo = Long.toString(ThreadLocalRandom.current().nextLong(1L << 60));
                    var sealed = settings.crypt().encrypt(echo, timestamp(), nonce());
                    var query =
                            query(sealed.msgSignature(), sealed.timestamp(), sealed.nonce())
                                    + "&echostr="
                                    + URLEncoder.encode(sealed.encrypt(), UTF_8);
                    return client.get()
                            .uri(settings.callback() + "?" + query)
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

    @Override
    public void close() {
        connections.dispose();
    }

    private String news(KfSettings settings, String token) {
        return new XmlWriter()
                .cdata("ToUserName", settings.corpId())
                .plain("CreateTime", clock.instant().getEpochSecond())
                .cdata("MsgType", "event")
                .cdata("Event", "kf_msg_or_event")
                .cdata("Token", token)
                .cdata("OpenKfId", settings.openKfid())
                .toXml();
    }

    private static Mono<Void> held(List<Effect> effects) {
        return Flux.fromIterable(effects)
                .ofType(Effect.Delay.class)
                .concatMap(delay -> Mono.delay(delay.time()))
                .then();
    }

    private static int copies(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Duplicate.class::isInstance)
                .mapToInt(effect -> ((Effect.Duplicate) effect).copies())
                .sum();
    }

    private static URI target(KfAccount account, List<Effect> effects, int copy) {
        var others =
                effects.stream()
                        .filter(Effect.Duplicate.class::isInstance)
                        .flatMap(effect -> ((Effect.Duplicate) effect).to().stream())
                        .toList();
        return copy == 0 || others.isEmpty()
                ? account.settings().callback()
                : others.get((copy - 1) % others.size());
    }

    private Mono<String> tried(KfSettings settings, String xml, URI target) {
        return once(settings, xml, target)
                .repeat(TRIES - 1)
                .takeUntil("acknowledged"::equals)
                .last();
    }

    /** Each try with a timestamp and nonce of its own. */
    private Mono<String> once(KfSettings settings, String xml, URI target) {
        return Mono.defer(
                () -> {
                    var sealed = settings.crypt().encrypt(xml, timestamp(), nonce());
                    var body =
                            new XmlWriter()
                                    .cdata("ToUserName", settings.corpId())
                                    .cdata("AgentID", "")
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
