package io.guanjia.sandbox.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.wechat.callback.Mode;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlFields;
import io.guanjia.weixin.protocol.XmlWriter;
import io.netty.handler.codec.http.QueryStringDecoder;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A small server of an account: checks and opens callbacks, answers as told. */
final class AccountServer implements AutoCloseable {

    /** What it answers, and when. */
    record Reaction(int status, String body, Duration after) {

        static Reaction body(String body) {
            return new Reaction(200, body, Duration.ZERO);
        }
    }

    /** What arrived. */
    record Arrival(Map<String, String> query, String body, XmlFields message) {

        String text(String field) {
            return message.text(field);
        }
    }

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final DisposableServer server;
    private AccountSettings settings;
    private volatile Function<Arrival, Reaction> reaction = arrival -> Reaction.body("success");

    AccountServer(String account) {
        this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
        this.settings = AccountSettings.named(account, url());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port() + "/callback?from=sandbox");
    }

    /** How the account is set up; called back here. */
    AccountSettings settings() {
        return settings;
    }

    void settings(AccountSettings changed) {
        settings = changed;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    void answers(String body) {
        reaction = arrival -> Reaction.body(body);
    }

    void reacts(Function<Arrival, Reaction> how) {
        reaction = how;
    }

    /** Replies passively with text, sealed where the mode wants it. */
    void replies(Function<Arrival, String> words) {
        reaction = arrival -> Reaction.body(seal(text(arrival, words.apply(arrival))));
    }

    String text(Arrival to, String content) {
        return reply(to).cdata("MsgType", "text").cdata("Content", content).toXml();
    }

    XmlWriter reply(Arrival to) {
        return new XmlWriter()
                .cdata("ToUserName", to.text("FromUserName"))
                .cdata("FromUserName", to.text("ToUserName"))
                .plain("CreateTime", 1_700_000_000);
    }

    String seal(String xml) {
        return settings.mode() == Mode.PLAIN
                ? xml
                : crypt().encrypt(xml, "1700000000", "a1b2c3").toReplyXml();
    }

    private MessageCrypt crypt() {
        return new MessageCrypt(
                settings.token(), Objects.requireNonNull(settings.aesKey()), settings.appId());
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        if (!Signature.matches(
                query.get("signature"),
                settings.token(),
                query.get("timestamp"),
                query.get("nonce"))) {
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
                            var arrival = new Arrival(query, body, open(query, body));
                            arrivals.add(arrival);
                            return react(reaction.apply(arrival), response);
                        });
    }

    private XmlFields open(Map<String, String> query, String body) {
        var fields = XmlFields.parse(body);
        var encrypt = fields.find("Encrypt");
        if (encrypt.isEmpty()) {
            return fields;
        }
        var xml =
                crypt().decrypt(
                                query.get("msg_signature"),
                                query.get("timestamp"),
                                query.get("nonce"),
                                encrypt.get());
        return XmlFields.parse(xml);
    }

    private static Mono<Void> react(Reaction reaction, HttpServerResponse response) {
        var answer = response.status(reaction.status()).sendString(Mono.just(reaction.body()));
        return reaction.after().isZero()
                ? answer.then()
                : Mono.delay(reaction.after()).then(answer.then());
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}
