package io.guanjia.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.guanjia.running.Answer;
import io.guanjia.running.Gateway;
import io.guanjia.running.Socket;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An app of the company's, as one customer uses it. */
final class Client {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Gateway gateway;
    private final String token;

    private Client(Gateway gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    static Client visitor(Gateway gateway) {
        var answer = gateway.browser().post("/app/v1/visitors?account=web");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return new Client(gateway, answer.json().get("token").asString());
    }

    static Client customer(Gateway gateway) {
        return customer(gateway, "C" + ProcessHandle.current().pid() + COUNT.incrementAndGet());
    }

    static Client customer(Gateway gateway, String id) {
        return new Client(gateway, token(id, Instant.now().plusSeconds(600), Gateway.LOGIN_KEY));
    }

    static Client withToken(Gateway gateway, String token) {
        return new Client(gateway, token);
    }

    static String token(String customer, Instant until, String key) {
        var jwt =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .issuer("login")
                                .audience("guanjia")
                                .subject(customer)
                                .claim("name", "李雷")
                                .expirationTime(Date.from(until))
                                .build());
        try {
            jwt.sign(new MACSigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String token() {
        return token;
    }

    Socket socket() {
        return socket("");
    }

    Socket socket(String query) {
        return socket(gateway.address(), query);
    }

    Socket socket(URI node, String query) {
        return Socket.ofApp(node, token, query, null);
    }

    static void say(Socket socket, String id, String words) {
        socket.say(
                Map.of("type", "send", "id", id, "content", Map.of("type", "text", "body", words)));
    }

    Answer get(String path, String query) {
        return gateway.browser()
                .with("Authorization", "Bearer " + token)
                .get("/app/v1/" + path + "?account=web" + query);
    }

    Answer post(String path, Object body) {
        return gateway.browser()
                .with("Authorization", "Bearer " + token)
                .post("/app/v1/" + path + "?account=web", body);
    }

    Answer say(String id, String words) {
        return post("messages", Map.of("id", id, "content", Map.of("type", "text", "body", words)));
    }

    /** Every line that came over a socket, in the order it came. */
    static List<JsonNode> lines(Socket socket) {
        return socket.frames("messages").stream()
                .flatMap(frame -> frame.get("items").valueStream())
                .toList();
    }

    /** The first such line, once it is there. */
    static JsonNode awaitLine(Socket socket, String words) {
        return lineWith(
                socket.await("messages", frame -> frame.get("items").toString().contains(words)),
                words);
    }

    private static JsonNode lineWith(JsonNode frame, String words) {
        return frame.get("items")
                .valueStream()
                .filter(item -> item.toString().contains(words))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Long> sequences(Stream<JsonNode> lines) {
        return lines.map(line -> line.get("sequence").asLong());
    }
}
