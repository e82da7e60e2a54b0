package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.AccountToken;
import io.guanjia.gateway.channel.AccountToken.Stale;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.SharedTokens;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/**
 * Calls the API of one corporation with a token, and with a new one once when it was stale. Fails
 * with {@link CorpRefusal} where the platform answers with a code, with {@link DeliveryException}
 * where it does not answer or hands out no token.
 */
public final class CorpApi {

    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json; charset=utf-8");

    private final ApiClient http;
    private final AccountToken token;

    public CorpApi(Corp corp, SharedTokens shared, ApiClient http, Clock clock) {
        this.http = http;
        var tokens = new CorpTokens(corp, http);
        this.token = new AccountToken(shared, corp.tokenKey(), rejected -> tokens.fetch(), clock);
    }

    /**
     * Posts a JSON text and emits an answer that holds no error.
     *
     * @param path after {@code /cgi-bin/}
     */
    public Mono<JsonNode> post(String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return call(path, token -> http.post(address(path, token), JSON, bytes).map(CorpApi::json));
    }

    /** Our name for a call, such as {@code send-msg} for {@code kf/send_msg}. */
    public static String label(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace('_', '-');
    }

    /** How it stands with the token. */
    public Mono<HealthSign> health() {
        return token.health();
    }

    Mono<JsonNode> call(String path, Function<String, Mono<JsonNode>> request) {
        return token.use(one -> request.apply(one).flatMap(answer -> checked(path, answer)))
                .onErrorMap(Stale.class, stale -> new CorpRefusal(label(path), stale.code()));
    }

    AccountToken token() {
        return token;
    }

    static String address(String path, String token) {
        return "/cgi-bin/"
                + path
                + "?access_token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    static JsonNode json(ApiAnswer answer) {
        try {
            var json = JsonMapper.shared().readTree(answer.required().body());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Told below: its text may hold what a customer said.
        }
        throw new OutcomeUnknown("answer is not what the platform documents");
    }

    private static Mono<JsonNode> checked(String path, JsonNode answer) {
        int code = code(answer);
        if (code == 0) {
            return Mono.just(answer);
        }
        return Mono.error(
                CorpError.of(code) == CorpError.STALE_TOKEN
                        ? new Stale(code)
                        : new CorpRefusal(label(path), code));
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt(0);
    }
}
