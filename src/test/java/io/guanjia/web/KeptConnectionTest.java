package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Clients such as a load balancer send one request right behind the other's answer. */
final class KeptConnectionTest {

    @Test
    void isReadOnAfterEveryAnswer() throws IOException, InterruptedException {
        var gateway = Gateway.shared();
        try (var client = HttpClient.newHttpClient()) {
            for (var i = 0; i < 250; i++) {
                assertThat(send(client, gateway, "/api/v1/messages", "{}")).isBetween(401, 403);
                assertThat(send(client, gateway, "/api/v1/me", null)).isEqualTo(401);
            }
        }
    }

    private static int send(
            HttpClient client,
            Gateway gateway,
            String path,
            @org.jspecify.annotations.Nullable String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(gateway.address().resolve(path))
                        .timeout(Duration.ofSeconds(10));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
