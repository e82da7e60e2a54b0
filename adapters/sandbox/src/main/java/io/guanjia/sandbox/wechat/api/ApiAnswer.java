package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.WechatError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/** What the platform answers. */
sealed interface ApiAnswer {

    /** A JSON object. */
    record Fields(ObjectNode json) implements ApiAnswer {}

    /** A refusal in the usual envelope. */
    record Refused(int code, String message) implements ApiAnswer {}

    /** A file. */
    record File(String mimeType, String fileName, byte[] bytes) implements ApiAnswer {}

    /** {@code {"errcode":0,"errmsg":"ok"}}. */
    static ApiAnswer ok() {
        return new Fields(okFields());
    }

    /** The same, to add fields to. */
    static ObjectNode okFields() {
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }

    static ApiAnswer refused(WechatError error) {
        return new Refused(error.code(), error.message());
    }

    static ApiAnswer refused(WechatError error, @Nullable String detail) {
        return new Refused(error.code(), error.message() + " " + detail);
    }

    /** Success, unless there is an error. */
    static ApiAnswer unless(Optional<WechatError> error) {
        return error.map(ApiAnswer::refused).orElseGet(ApiAnswer::ok);
    }

    default int code() {
        return this instanceof Refused refused ? refused.code() : 0;
    }
}
