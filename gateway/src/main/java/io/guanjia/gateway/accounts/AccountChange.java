package io.guanjia.gateway.accounts;

import java.time.Instant;
import java.util.List;

/**
 * One change of an account, on record.
 *
 * @param keys what was set or unset, never to what
 */
record AccountChange(Instant at, String by, Action action, List<String> keys) {

    enum Action {
        ADDED,
        CHANGED,
        REMOVED
    }
}
