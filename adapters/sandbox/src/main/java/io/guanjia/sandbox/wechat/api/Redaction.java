package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.wechat.ApiCall;

import java.util.regex.Pattern;

/** Shortens a body for the record and takes the secrets out. */
final class Redaction {

    private static final Pattern SECRET =
            Pattern.compile("(\"(?:access_token|secret)\"\\s*:\\s*\")[^\"]*");

    private Redaction() {}

    static String of(String body) {
        var clean = SECRET.matcher(body).replaceAll("$1…");
        return clean.length() <= ApiCall.BODY_KEPT ? clean : clean.substring(0, ApiCall.BODY_KEPT);
    }
}
