package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Effect;

import java.time.Duration;
import java.util.List;

/**
 * One of the ways in which a platform says that it was too much.
 *
 * @param rest how long the gateway leaves the platform, or the customer, alone after it, at most
 */
record Limit(Effect refusal, Kind kind, Duration rest) {

    /** What is limited, and what becomes of the messages. */
    enum Kind {
        /** All calls. After each rest a node may find out by one; then everything goes out. */
        ACCOUNT,
        /** What one customer gets. The others have theirs; after the rest this one too. */
        CUSTOMER,
        /**
         * What one customer gets until they write again. Then they have what was held, in order.
         */
        WINDOW,
        /**
         * What one customer gets today, by the end of which it is stale: it ends, with a reason.
         */
        TODAY
    }

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** What the channel's platform says, in its own words. A new channel is a line here. */
    static List<Limit> of(String channel) {
        return switch (channel) {
            case "wechat", "miniprogram" ->
                    List.of(status(429, MINUTE), account(45009, DAY), window(45047));
            case "wecom-kf" ->
                    List.of(account(45009, MINUTE), account(45033, TWO_SECONDS), window(95001));
            // Members can always be written to, so there is no window. Of what one of them gets
            // beyond 30 a minute, which the channel sees to, the platform says nothing.
            case "wecom" ->
                    List.of(
                            status(429, MINUTE),
                            account(45009, MINUTE),
                            account(45033, TWO_SECONDS));
            case "weibo" -> List.of(account(10023, HOUR), account(20016, MINUTE), window(20308));
            case "sms-aliyun" ->
                    List.of(
                            account("Throttling.User", SECOND),
                            today("isv.BUSINESS_LIMIT_CONTROL"));
            case "sms-tencent" ->
                    List.of(
                            account("RequestLimitExceeded", SECOND),
                            customer("LimitExceeded.PhoneNumberOneHourLimit", HOUR),
                            today("LimitExceeded.PhoneNumberDailyLimit"));
            case "sms-http" ->
                    List.of(
                            account("too-fast", SECOND),
                            customer("number-per-hour", HOUR),
                            today("number-per-day"));
            case "sms-cmpp" -> List.of(account(8, SECOND));
            case "app" -> List.of(status(429, MINUTE));
            default -> throw new IllegalArgumentException("nobody knows the limits of " + channel);
        };
    }

    private static Limit status(int status, Duration rest) {
        return new Limit(new Effect.Status(status), Kind.ACCOUNT, rest);
    }

    private static Limit account(int code, Duration rest) {
        return new Limit(new Effect.ErrorCode(code), Kind.ACCOUNT, rest);
    }

    private static Limit account(String name, Duration rest) {
        return new Limit(new Effect.ErrorName(name), Kind.ACCOUNT, rest);
    }

    private static Limit customer(String name, Duration rest) {
        return new Limit(new Effect.ErrorName(name), Kind.CUSTOMER, rest);
    }

    private static Limit window(int code) {
        return new Limit(new Effect.ErrorCode(code), Kind.WINDOW, Duration.ZERO);
    }

    private static Limit today(String name) {
        return new Limit(new Effect.ErrorName(name), Kind.TODAY, Duration.ZERO);
    }

    /**
     * How many calls at most there may be in a time once the limit is known: one that was under
     * way, and one of each node after each rest, to find out.
     */
    long callsIn(Duration time, int nodes) {
        return kind == Kind.ACCOUNT ? 1 + nodes * time.dividedBy(rest) : 0;
    }
}
