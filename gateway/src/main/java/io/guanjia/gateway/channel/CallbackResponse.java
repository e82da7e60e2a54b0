package io.guanjia.gateway.channel;

import java.nio.charset.StandardCharsets;

/** What a platform hears back, always with status 200. */
public record CallbackResponse(String contentType, byte[] body) {

    public static CallbackResponse text(String body) {
        return new CallbackResponse(
                "text/plain;charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static CallbackResponse xml(String body) {
        return new CallbackResponse(
                "application/xml;charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
    }
}
