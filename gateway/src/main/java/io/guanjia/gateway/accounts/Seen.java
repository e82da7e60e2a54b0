package io.guanjia.gateway.accounts;

/**
 * Something about an account that all its nodes see, or some of them.
 *
 * @param nodes how many see it
 * @param of how many work with the account, or should
 */
record Seen<T>(T what, int nodes, int of) {

    boolean everywhere() {
        return nodes >= of;
    }
}
