package io.guanjia.sandbox.sms;

import java.time.Instant;

/**
 * A package of messages (套餐包) that an account has bought.
 *
 * @param used how many of {@code amount} are spent
 * @param until when the rest is void
 */
record SmsPackage(long id, long amount, long used, Instant bought, Instant until) {

    SmsPackage {
        if (amount < 1 || used < 0 || used > amount) {
            throw new IllegalArgumentException("amount must be above 0, and used not beyond it");
        }
    }

    boolean isGood(Instant now) {
        return now.isBefore(until);
    }

    SmsPackage with(long spent) {
        return new SmsPackage(id, amount, spent, bought, until);
    }
}
