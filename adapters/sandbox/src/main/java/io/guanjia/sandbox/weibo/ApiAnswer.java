package io.guanjia.sandbox.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a call is answered.
 *
 * @param code the {@code error_code}, 0 for success
 */
record ApiAnswer(int status, String mimeType, byte[] body, int code) {

    static ApiAnswer of(ObjectNode fields) {
        return new ApiAnswer(200, "application/json", fields.toString().getBytes(UTF_8), 0);
    }

    static ApiAnswer refused(Api api, WeiboError error) {
        return refused(api, error.code());
    }

    static ApiAnswer refused(Api api, int code) {
        var fields =
                Json.object()
                        .put("request", api.path())
                        .put("error_code", code)
                        .put("error", WeiboError.wordsFor(code));
        return new ApiAnswer(
                WeiboError.statusFor(code),
                "application/json",
                fields.toString().getBytes(UTF_8),
                code);
    }

    /** Leaves out the content. */
    @Override
    public String toString() {
        return "ApiAnswer[" + status + ", " + code + "]";
    }
}
