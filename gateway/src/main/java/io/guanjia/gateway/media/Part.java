package io.guanjia.gateway.media;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

import java.util.List;

/**
 * The bytes of a file that a request asks for (RFC 9110, 14). Players read films in parts, and some
 * play nothing where they can't.
 *
 * @param whole whether that is the file as it is
 * @param size of the whole file
 */
record Part(boolean whole, long from, long length, long size) {

    /**
     * One range at most: who asks for several gets the whole, as does one who asks for the rest of
     * something else. Fails with 416 where a range is malformed or lies outside.
     */
    static Part asked(HttpHeaders request, StoredMedia file) {
        var condition = request.getFirst(HttpHeaders.IF_RANGE);
        var ranges =
                condition == null || condition.equals(tag(file))
                        ? ranges(request, file)
                        : List.<HttpRange>of();
        if (ranges.size() != 1) {
            return new Part(true, 0, file.size(), file.size());
        }
        var from = ranges.getFirst().getRangeStart(file.size());
        if (from >= file.size()) {
            throw outside(file);
        }
        var length = ranges.getFirst().getRangeEnd(file.size()) - from + 1;
        return new Part(false, from, length, file.size());
    }

    HttpStatus status() {
        return whole ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT;
    }

    void describe(HttpHeaders answer) {
        answer.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (!whole) {
            answer.set(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes %d-%d/%d".formatted(from, from + length - 1, size));
        }
    }

    /** What an id stands for never changes. */
    static String tag(StoredMedia file) {
        return '"' + file.id().toString() + '"';
    }

    private static List<HttpRange> ranges(HttpHeaders request, StoredMedia file) {
        try {
            return request.getRange();
        } catch (IllegalArgumentException malformed) {
            throw outside(file);
        }
    }

    private static ResponseStatusException outside(StoredMedia file) {
        return new OutsideException(file.size());
    }

    private static final class OutsideException extends ResponseStatusException {
        private final long size;

        OutsideException(long size) {
            super(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            this.size = size;
        }

        @Override
        public HttpHeaders getHeaders() {
            var headers = new HttpHeaders();
            headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            return headers;
        }
    }
}
