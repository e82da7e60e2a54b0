package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.Tokens.Grant;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatError;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

import reactor.core.publisher.Mono;

import java.util.List;

/** Access tokens. Source: 微信开放文档, 获取接口调用凭据 and 获取稳定版接口调用凭据. */
final class TokenApi {

    private TokenApi() {}

    static List<Route> routes() {
        return List.of(
                new Route("token", HttpMethod.GET, false, call -> Mono.just(token(call))),
                new Route("stable_token", HttpMethod.POST, false, call -> Mono.just(stable(call))));
    }

    private static ApiAnswer token(ApiRequest call) {
        var refusal = refusal(call.account(), call.query("grant_type"), call.query("secret"));
        return refusal != null ? refusal : granted(call.account().tokens().issue());
    }

    private static ApiAnswer stable(ApiRequest call) {
        return call.json(
                body -> {
                    var refusal =
                            refusal(
                                    call.account(),
                                    Json.text(body, "grant_type"),
                                    Json.text(body, "secret"));
                    if (refusal != null) {
                        return refusal;
                    }
                    var tokens = call.account().tokens();
                    return body.path("force_refresh").asBoolean(false)
                            ? tokens.force()
                                    .map(TokenApi::granted)
                                    .orElseGet(() -> ApiAnswer.refused(WechatError.DAILY_QUOTA))
                            : granted(tokens.stable());
                });
    }

    private static @Nullable ApiAnswer refusal(
            WechatAccount account, String grantType, String secret) {
        if (!grantType.equals("client_credential")) {
            return ApiAnswer.refused(WechatError.INVALID_GRANT_TYPE);
        }
        if (secret.isEmpty()) {
            return ApiAnswer.refused(WechatError.SECRET_MISSING);
        }
        return account.settings().hasSecret(secret)
                ? null
                : ApiAnswer.refused(WechatError.INVALID_SECRET);
    }

    private static ApiAnswer granted(Grant grant) {
        return new ApiAnswer.Fields(
                Json.object()
                        .put("access_token", grant.token())
                        .put("expires_in", grant.expiresInSeconds()));
    }
}
