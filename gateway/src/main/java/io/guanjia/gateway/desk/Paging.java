package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.InvalidRequest.Reason;

import org.jspecify.annotations.Nullable;

/** How much one answer holds. */
final class Paging {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    private Paging() {}

    /** Fails with {@link InvalidRequest} unless it is between 1 and 200. */
    static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return USUAL;
        }
        if (asked < 1 || asked > MOST) {
            throw malformed("limit");
        }
        return asked;
    }

    static InvalidRequest malformed(String field) {
        return new InvalidRequest(field, Reason.MALFORMED);
    }
}
