package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** What stands on a screen, before it is known whose and when. */
record Bubble(String kind, String text, @Nullable String url) {

    static Bubble text(String words) {
        return new Bubble("text", words, null);
    }

    PhoneLine line(Instant at, boolean mine, @Nullable String note) {
        return new PhoneLine(at, mine, kind, text, url, List.of(), note);
    }
}
