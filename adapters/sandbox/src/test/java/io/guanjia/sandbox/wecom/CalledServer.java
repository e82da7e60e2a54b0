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

/** A sandbox with one account of a product, and a server that is called by it and calls it. */
abstract class CalledServer implements AutoCloseable {

    static final String CORP = "ww00000000000000a1";

    private static final String TOKEN = "guanjia-kf-token";
    private static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";

    final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    final List<XmlFields> callbacks = new CopyOnWriteArrayList<>();
    volatile int status = 200;

    private final MessageCrypt crypt = new MessageCrypt(TOKEN, AES_KEY, CORP);
    private final HttpClient http = HttpClient.newHttpClient();
    private final DisposableServer receiver =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::called).bindNow();

    private final String product;
    private final String secret;

    CalledServer(String product, String secret, Map<String, String> more) {
        this.product = product;
        this.secret = secret;
        var settings = new HashMap<>(more);
        settings.put("corp-id", CORP);
        settings.put("secret", secret);
        settings.put("token", TOKEN);
        settings.put("aes-key", AES_KEY);
        sandbox.platform(product)
                .open(
                        "demo",
                        settings,
                        URI.create(
                                "http://127.0.0.1:"
                                        + receiver.port()
                                        + "/callbacks/"
                                        + product
                                        + "/demo"));
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
        return get("gettoken?corpid=" + CORP + "&corpsecret=" + secret)
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

    /** Tells the platform something, below {@code /accounts/demo}. */
    JsonNode control(String method, String path, String body) {
        var address = sandbox.address() + "/sandbox/api/" + product + "/accounts/demo" + path;
        return json(
                HttpRequest.newBuilder(URI.create(address))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private URI address(String pathAndQuery) {
        return URI.create(sandbox.address() + "/" + product + "/cgi-bin/" + pathAndQuery);
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
