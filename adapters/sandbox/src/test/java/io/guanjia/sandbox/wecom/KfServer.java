package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.XmlFields;
import io.netty.handler.codec.http.QueryStringDecoder;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sandbox with one 客服帐号, and a server that is called by it and calls it. */
final class KfServer implements AutoCloseable {

    static final String CORP = "ww00000000000000a1";
    static final String SECRET = "kf-secret-value";
    static final String KFID = "wkTESTKF000000000000000000000001";

    private static final String TOKEN = "guanjia-kf-token";
    private static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";

    final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    final WecomKfPlatform platform = sandbox.platform(WecomKfPlatform.class);
    final List<XmlFields> callbacks = new CopyOnWriteArrayList<>();
    volatile int status = 200;

    private final MessageCrypt crypt = new MessageCrypt(TOKEN, AES_KEY, CORP);
    private final HttpClient http = HttpClient.newHttpClient();
    private final DisposableServer receiver =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::called).bindNow();

    KfServer() {
        platform.open(
                "demo",
                Map.of(
                        "corp-id", CORP,
                        "secret", SECRET,
                        "token", TOKEN,
                        "aes-key", AES_KEY,
                        "open-kfid", KFID),
                URI.create("http://127.0.0.1:" + receiver.port() + "/callbacks/wecom-kf/demo"));
    }

    KfAccount account() {
        return platform.require("demo");
    }

    private Mono<Void> called(HttpServerRequest request, HttpServerResponse response) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        var signature = query.get("msg_signature");
        var timestamp = query.get("timestamp");
        var nonce = query.get("nonce");
        var echo = query.get("echostr");
        if (echo != null) {
            return response.sendString(
                            Mono.just(crypt.verifyUrl(signature, timestamp, nonce, echo)))
                    .then();
        }
        return request.receive()
                .aggregate()
                .asString(UTF_8)
                .flatMap(
                        body -> {
                            var encrypt = XmlFields.parse(body).text("Encrypt");
                            callbacks.add(
                                    XmlFields.parse(
                                            crypt.decrypt(signature, timestamp, nonce, encrypt)));
                            return response.status(status).send().then();
                        });
    }

    String token() {
        return get("gettoken?corpid=" + CORP + "&corpsecret=" + SECRET)
                .path("access_token")
                .asString();
    }

    JsonNode get(String pathAndQuery) {
        return json(HttpRequest.newBuilder(address(pathAndQuery)).build());
    }

    JsonNode post(String path, String body) {
        return json(
                HttpRequest.newBuilder(address(path + "?access_token=" + token()))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    JsonNode sync(String cursor, String token) {
        return post(
                "kf/sync_msg",
                """
                {"cursor": "%s", "token": "%s", "open_kfid": "%s", "limit": 1000}
                """
                        .formatted(cursor, token, KFID));
    }

    JsonNode text(KfCustomer to, String msgid, String words) {
        return post(
                "kf/send_msg",
                """
                {"touser": "%s", "open_kfid": "%s", "msgid": "%s", "msgtype": "text",
                 "text": {"content": "%s"}}
                """
                        .formatted(to.id(), KFID, msgid, words));
    }

    private URI address(String pathAndQuery) {
        return URI.create(sandbox.address() + "/wecom-kf/cgi-bin/" + pathAndQuery);
    }

    private JsonNode json(HttpRequest request) {
        try {
            return JsonMapper.shared()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
        receiver.disposeNow();
    }
}
