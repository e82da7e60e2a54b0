package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an {@code error_code} of the platform means for what happens next. Source: 微博开放平台, 错误代码对照表,
 * whose words {@link #describe} repeats. The platform publishes no code of its own for a message
 * without quota (消息配额); 20308 is the only one that says so.
 */
enum WeiboError {
    /** Busy or out of order, and nothing was sent. Again, with back-off. */
    BUSY(10001, 10002, 10003, 10009) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Unavailable(reason);
        }
    },
    /** Lost somewhere inside the platform, which has no key against sending twice. */
    LOST(10010, 10011) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new OutcomeUnknown(reason);
        }
    },
    /**
     * The calls of this hour are used up, by address (10022), by account (10023) or by account and
     * API (10024). 接口访问频次权限 counts by the hour, from one full hour to the next.
     */
    HOURLY_QUOTA(10022, 10023, 10024) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Blocked(
                    reason, api, now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
        }
    },
    /** Too much at once. */
    TOO_FAST(20016) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Throttled(reason, Duration.ofSeconds(60));
        }
    },
    /**
     * The access token is missing, wrong, used up, expired or taken back. It cannot be renewed
     * without the account's owner, who has to authorise us again.
     */
    TOKEN_REFUSED(
            10006, 21301, 21302, 21314, 21315, 21316, 21317, 21319, 21321, 21325, 21327, 21332) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Blocked(reason, null, null);
        }
    },
    /**
     * Our address is not allowed (10004), or the account is locked, suspicious, not verified or
     * banned from sending (20015, 20022, 20031, 20033, 20034, 20035, 20311).
     */
    ACCOUNT_BLOCKED(10004, 20015, 20022, 20031, 20033, 20034, 20035, 20311) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Blocked(reason, null, null);
        }
    },
    /** The application may not use this API. */
    API_BLOCKED(10005, 10014) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Blocked(reason, api, null);
        }
    },
    /** There is no quota for this customer until they write again. */
    WINDOW_CLOSED(20308) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new WindowClosed(reason);
        }
    },
    /** Not a follower any more, not there any more, or does not want us. */
    UNREACHABLE(20003, 20301, 20508, 20512) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Unreachable(reason);
        }
    },
    /** Taken, although the platform is slow: 发布成功，目前服务器可能会有延迟. */
    TAKEN(20032) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new OutcomeUnknown(reason);
        }
    },
    /**
     * This message will never be taken: malformed, too long, not allowed, too much like another, or
     * said already. Also every code nobody here has heard of.
     */
    REFUSED(
            10007, 10008, 10012, 10013, 10016, 10017, 10018, 10020, 10021, 10025, 20001, 20002,
            20008, 20009, 20012, 20013, 20014, 20017, 20018, 20019, 20020, 20021, 20111, 20302,
            20303, 20305, 20306, 20307) {
        @Override
        DeliveryException toException(String api, String reason, Instant now) {
            return new Refused(reason);
        }
    };

    private static final Map<Integer, WeiboError> BY_CODE =
            Arrays.stream(values())
                    .flatMap(
                            error ->
                                    Arrays.stream(error.codes)
                                            .mapToObj(code -> Map.entry(code, error)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final int[] codes;

    WeiboError(int... codes) {
        this.codes = codes;
    }

    /** What to tell the gateway, {@code reason} being for people. */
    abstract DeliveryException toException(String api, String reason, Instant now);

    static WeiboError of(int code) {
        return BY_CODE.getOrDefault(code, REFUSED);
    }

    /** Whether a code was met before; one that was not counts as {@link #REFUSED}. */
    static boolean knows(int code) {
        return BY_CODE.containsKey(code);
    }

    /** Every code that was met before. */
    static Set<Integer> codes() {
        return BY_CODE.keySet();
    }

    /** The code and its meaning. What the platform says itself is left out: it can hold a uid. */
    static String describe(int code) {
        var words = ErrorWords.of(code);
        return words == null ? "error_code " + code : "error_code " + code + " " + words;
    }
}
