package io.guanjia.trials.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain calls that wait for their answer. */
public final class Http {

    /** As patient as the platform. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    private Http() {}

    /** The status of a GET, or 0 when there was no answer. */
    public static int status(URI address) {
        try {
            return send(HttpRequest.newBuilder(address)).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Posts a callback. Fails when there is no answer within {@link #PATIENCE}. */
    public static HttpResponse<String> post(URI address, String body) throws IOException {
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "text/xml")
                        .POST(BodyPublishers.ofString(body)));
    }

    /** Sends what was built so far. Fails when there is no answer within {@link #PATIENCE}. */
    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return send(request, BodyHandlers.ofString());
    }

    /** The same, for any body. */
    public static HttpResponse<byte[]> sendBytes(HttpRequest.Builder request) throws IOException {
        return send(request, BodyHandlers.ofByteArray());
    }

    private static <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return CLIENT.send(request.timeout(PATIENCE).build(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
