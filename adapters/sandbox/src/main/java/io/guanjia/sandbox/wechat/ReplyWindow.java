package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many customer-service messages an account may still send to one customer.
 *
 * <p>Allowances are not added up (不累加): every kind of action grants its own, a new action renews
 * it, a message sent counts against all that are open, and the largest remainder is what is left.
 * Not safe for use by several threads.
 */
final class ReplyWindow {

    /** Whether a message may go out. */
    enum Verdict {
        OPEN,
        USED_UP,
        CLOSED
    }

    private final Map<Trigger, Grant> grants = new EnumMap<>(Trigger.class);

    void grant(Trigger trigger, Allowance allowance, Instant now) {
        grants.put(trigger, new Grant(allowance.messages(), now.plus(allowance.life())));
    }

    /** Counts one message, unless it may not be sent. */
    Verdict take(Instant now) {
        forgetClosed(now);
        if (grants.isEmpty()) {
            return Verdict.CLOSED;
        }
        if (remaining(now) == 0) {
            return Verdict.USED_UP;
        }
        grants.replaceAll((trigger, grant) -> grant.lessOne());
        return Verdict.OPEN;
    }

    int remaining(Instant now) {
        forgetClosed(now);
        return grants.values().stream().mapToInt(Grant::left).max().orElse(0);
    }

    /** When the last open allowance ends. */
    @Nullable Instant until(Instant now) {
        forgetClosed(now);
        return grants.values().stream().map(Grant::until).max(Instant::compareTo).orElse(null);
    }

    void close() {
        grants.clear();
    }

    private void forgetClosed(Instant now) {
        grants.values().removeIf(grant -> !now.isBefore(grant.until));
    }

    private record Grant(int left, Instant until) {

        Grant lessOne() {
            return new Grant(Math.max(0, left - 1), until);
        }
    }
}
