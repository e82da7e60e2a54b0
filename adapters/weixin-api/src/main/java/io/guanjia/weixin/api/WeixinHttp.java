package io.guanjia.weixin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/** JSON over HTTP towards one account's API. */
final class WeixinHttp {

    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json; charset=utf-8");

    private final ApiClient client;
    private final JsonMapper json;

    WeixinHttp(ApiClient client, JsonMapper json) {
        this.client = client;
        this.json = json;
    }

    /**
     * Posts a JSON text and emits the platform's answer, which may hold an {@code errcode}. Fails
     * with {@link DeliveryException}.
     */
    Mono<JsonNode> post(Api api, @Nullable String token, String body) {
        return client.post(path(api, token), JSON, body.getBytes(UTF_8)).map(this::read);
    }

    /**
     * Posts a stream of bytes. Answers and fails as {@link #post} does.
     *
     * @param query what follows the token
     * @param length of the stream, where it is known: the platform is said to take uploads without
     *     it for empty ones (41005)
     */
    Mono<JsonNode> upload(
            Api api,
            String token,
            String query,
            String contentType,
            @Nullable Long length,
            Publisher<ByteBuf> body,
            Duration within) {
        return client.upload(
                        path(api, token) + query,
                        Map.of("Content-Type", contentType),
                        length,
                        body,
                        within)
                .map(this::read);
    }

    /** Gets what is not JSON, or not only. */
    <T> Mono<T> stream(String address, BiFunction<HttpClientResponse, ByteBufFlux, Mono<T>> use) {
        return client.stream(address, use);
    }

    boolean serves(String address) {
        return client.serves(address);
    }

    String address(Api api, String token) {
        return client.address(path(api, token));
    }

    private static String path(Api api, @Nullable String token) {
        return token == null
                ? api.path()
                : api.path() + "?access_token=" + URLEncoder.encode(token, UTF_8);
    }

    private JsonNode read(ApiAnswer answer) {
        try {
            var read = json.readTree(answer.required().body());
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // Said below, without what came.
        }
        throw new OutcomeUnknown("answer is not what the platform documents");
    }
}
