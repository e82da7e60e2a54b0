package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.SharedTokens.Fetched;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Where the access tokens of one application of a corporation come from. Asked again while it is
 * good, the platform hands out the same one. Source: 企业微信开发者中心, 获取access_token (91039).
 */
final class CorpTokens {

    private final Corp corp;
    private final ApiClient http;

    CorpTokens(Corp corp, ApiClient http) {
        this.corp = corp;
        this.http = http;
    }

    /** A token. Fails with {@link DeliveryException}. */
    Mono<Fetched> fetch() {
        return http.get(
                        "/cgi-bin/gettoken?corpid="
                                + encoded(corp.corpId())
                                + "&corpsecret="
                                + encoded(corp.secret()),
                        Map.of())
                .map(CorpApi::json)
                .map(CorpTokens::token);
    }

    private static Fetched token(JsonNode answer) {
        var token = answer.path("access_token").asString("");
        if (token.isEmpty()) {
            int code = answer.path("errcode").asInt(-1);
            throw CorpError.of(code)
                    .toException("gettoken", "access token: " + CorpError.describe(code));
        }
        return new Fetched(token, Duration.ofSeconds(answer.path("expires_in").asLong(0)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
