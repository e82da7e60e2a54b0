package io.guanjia.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, before it is put into words.
 *
 * @param code stable; clients decide by it, and its words are in {@code messages.properties}
 * @param more further members of the answer
 * @param retryAfter when asking again makes sense, null where we can't tell
 */
record Problem(
        HttpStatus status,
        String code,
        List<Field> errors,
        Map<String, Object> more,
        @Nullable Duration retryAfter) {

    /**
     * One wrong field.
     *
     * @param field where it is, such as {@code content.media.id}
     * @param message in words, or null
     * @param code whose words to take where there is no message
     */
    record Field(String field, @Nullable String message, String code) {

        static Field of(String field, String code) {
            return new Field(field, null, code);
        }
    }

    static Problem of(HttpStatus status, String code) {
        return new Problem(status, code, List.of(), Map.of(), null);
    }

    static Problem invalid(List<Field> errors) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", errors, Map.of(), null);
    }

    Problem with(String name, Object value) {
        return new Problem(status, code, errors, Map.of(name, value), retryAfter);
    }

    Problem after(Duration wait) {
        return new Problem(status, code, errors, more, wait);
    }
}
