package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something a channel itself knows about how one of its accounts is doing, such as its access token
 * or its line to a carrier.
 *
 * @param part what it is about, in lower case: {@code token}, {@code line}, {@code template}. With
 *     {@code problem} it names the sentence that the console shows
 * @param problem null when it is well; else a short word such as {@code refused} or {@code down}
 * @param until when what is well ends by itself, as far as that is known
 */
public record HealthSign(String part, @Nullable String problem, @Nullable Instant until) {

    public static HealthSign well(String part, @Nullable Instant until) {
        return new HealthSign(part, null, until);
    }

    public static HealthSign ill(String part, String problem) {
        return new HealthSign(part, problem, null);
    }
}
