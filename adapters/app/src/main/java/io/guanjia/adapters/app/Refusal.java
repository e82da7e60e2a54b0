package io.guanjia.adapters.app;

import org.springframework.http.HttpStatus;

/** Something of a client's that is not taken. {@link #code()} is stable; clients decide by it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    enum Code {
        MALFORMED(HttpStatus.BAD_REQUEST),
        UNAUTHORIZED(HttpStatus.UNAUTHORIZED),
        FOREIGN_ORIGIN(HttpStatus.FORBIDDEN),
        NO_SUCH_ACCOUNT(HttpStatus.NOT_FOUND),
        NO_SUCH_FILE(HttpStatus.UNPROCESSABLE_CONTENT),
        TOO_LONG(HttpStatus.UNPROCESSABLE_CONTENT),
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
        /** Whoever logs in shows a token of no visitor of ours, or one that has expired. */
        NO_SUCH_VISITOR(HttpStatus.UNPROCESSABLE_CONTENT),
        /** The visitor has logged in as somebody else before. */
        VISITOR_TAKEN(HttpStatus.CONFLICT),
        TOO_MANY(HttpStatus.TOO_MANY_REQUESTS),
        /** As much as one customer may upload in a day. */
        UPLOAD_LIMIT(HttpStatus.TOO_MANY_REQUESTS),
        /** Not now: to be sent again, with the same id. */
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

        private final HttpStatus status;

        Code(HttpStatus status) {
            this.status = status;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        HttpStatus status() {
            return status;
        }
    }

    private final Code code;

    Refusal(Code code) {
        super(code.word(), null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }
}
