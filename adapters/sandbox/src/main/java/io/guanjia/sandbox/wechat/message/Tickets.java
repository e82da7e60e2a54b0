package io.guanjia.sandbox.wechat.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The ticket of a QR code: opaque to the account, the same for the same scene. */
public final class Tickets {

    private Tickets() {}

    public static String of(String scene) {
        return "gQ"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("ticket for " + scene).getBytes(UTF_8));
    }
}
