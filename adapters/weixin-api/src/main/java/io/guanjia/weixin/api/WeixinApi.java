package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.AccountToken;
import io.guanjia.gateway.channel.AccountToken.Stale;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.util.function.Function;

/** Calls the API of one account with a token, and with a new one once when it was stale. */
final class WeixinApi {

    private final WeixinHttp http;
    private final AccountToken token;
    private final ErrorTable errors;
    private final Clock clock;

    WeixinApi(WeixinHttp http, AccountToken token, ErrorTable errors, Clock clock) {
        this.http = http;
        this.token = token;
        this.errors = errors;
        this.clock = clock;
    }

    /** Sends one message. Fails with {@link DeliveryException}. */
    Mono<Accepted> send(Api api, String body) {
        return call(api, token -> http.post(api, token, body)).map(WeixinApi::accepted);
    }

    /**
     * Makes a call and fails with {@link DeliveryException} when its answer holds an error code.
     * Media that the platform no longer has fail with {@link MediaGone}.
     */
    Mono<JsonNode> call(Api api, Function<String, Mono<JsonNode>> request) {
        return token.use(one -> request.apply(one).flatMap(answer -> checked(api, answer)))
                .onErrorMap(Stale.class, stale -> failure(api, stale.code()));
    }

    /**
     * As {@link #call}, but not worth a new token, of which there are few in a day: fails with
     * {@link Stale} where it would take one.
     */
    Mono<JsonNode> look(Api api, Function<String, Mono<JsonNode>> request) {
        return token.current().flatMap(request).flatMap(answer -> checked(api, answer));
    }

    private Mono<JsonNode> checked(Api api, JsonNode answer) {
        int code = code(answer);
        if (code == 0) {
            return Mono.just(answer);
        }
        return switch (errors.of(code)) {
            case ALREADY_SENT -> Mono.just(answer);
            case MEDIA_GONE -> Mono.error(new MediaGone(errors.describe(code)));
            case STALE_TOKEN -> Mono.error(new Stale(code));
            default -> Mono.error(failure(api, code));
        };
    }

    private DeliveryException failure(Api api, int code) {
        return errors.toException(api, code, clock.instant());
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt(0);
    }

    /** Template and subscription messages are answered with {@code msgid}, others without. */
    private static Accepted accepted(JsonNode answer) {
        var id = answer.path("msgid").asString("");
        return new Accepted(id.isEmpty() ? answer.path("msg_id").asString("") : id);
    }

    /** The platform has forgotten a media id. */
    static final class MediaGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        MediaGone(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
