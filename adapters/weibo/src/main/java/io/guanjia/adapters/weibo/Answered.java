package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.ApiClient.ApiAnswer;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's answers: an object, which holds an {@code error_code} where it is one. */
final class Answered {

    private Answered() {}

    /** Null for anything but a JSON object. */
    static @Nullable JsonNode read(ApiAnswer answer, JsonMapper json) {
        try {
            var body = json.readTree(answer.text());
            return body.isObject() ? body : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** 0 where it is none. The documents show it as a number and as a text. */
    static int error(JsonNode body) {
        try {
            return Integer.parseInt(body.path("error_code").asString("0").strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
