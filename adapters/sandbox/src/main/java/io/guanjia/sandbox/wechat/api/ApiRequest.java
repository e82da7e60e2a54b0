package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatError;

import org.springframework.web.reactive.function.server.ServerRequest;

import tools.jackson.databind.node.ObjectNode;

import java.util.function.Function;

/**
 * A call that got past the gate.
 *
 * @param body the body as text; empty for a form with files
 * @param shown whether what it sends reaches the customer
 */
record ApiRequest(WechatAccount account, ServerRequest http, String body, boolean shown) {

    String query(String name) {
        return http.queryParam(name).orElse("");
    }

    /** Answers a call whose body must be a JSON object. */
    ApiAnswer json(Function<ObjectNode, ApiAnswer> answer) {
        if (body.isBlank()) {
            return ApiAnswer.refused(WechatError.EMPTY_BODY);
        }
        var object = Json.readObject(body);
        return object == null ? ApiAnswer.refused(WechatError.NOT_JSON) : answer.apply(object);
    }
}
