package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import me.chanjar.weixin.common.error.WxMpErrorMsgEnum;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an error code of the platform means for what happens next. The words for people come from
 * WxJava's list (WxMpErrorMsgEnum); codes are those of 微信开放文档, 全局返回码说明.
 */
enum WechatError {
    /** Busy. Again, with back-off. */
    BUSY(-1) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Unavailable(reason);
        }
    },
    /** The access token is wrong, of another account, or expired. Refresh it once and try again. */
    STALE_TOKEN(40001, 40014, 42001) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            // Refused even when fresh: the secret or the AppID in the settings is wrong.
            return new Blocked(reason, null, null);
        }
    },
    /**
     * The AppID is wrong or missing. Ours, when we ask for a token; else that of the mini program
     * in one message, which must not stop the others.
     */
    WRONG_APP_ID(40013, 41002) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return api == Api.STABLE_TOKEN ? new Blocked(reason, null, null) : new Refused(reason);
        }
    },
    /**
     * The secret is wrong, missing or frozen (40125, 41004, 40243), our address is not in IP白名单
     * (40164, 61004), or the account itself is banned (50004, 50007).
     */
    ACCOUNT_BLOCKED(40125, 41004, 40243, 40164, 61004, 50004, 50007) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Blocked(reason, null, null);
        }
    },
    /** The account may not use this API: not granted, taken away, limited. */
    API_BLOCKED(48001, 48004, 48006, 50001, 50002) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Blocked(reason, api.label(), null);
        }
    },
    /** The API's quota for today is used up; it starts afresh at midnight in China. */
    DAILY_QUOTA(45009) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Blocked(reason, api.label(), nextMidnight(now));
        }
    },
    /** Too many calls this minute (45011), or the same message again too soon (45066). */
    TOO_FAST(45011, 45066) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Throttled(reason, Duration.ofSeconds(60));
        }
    },
    /**
     * The customer has not written in time (45015) or the window's messages are used up (45047).
     */
    WINDOW_CLOSED(45015, 45047) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new WindowClosed(reason);
        }
    },
    /** Not, or no longer, a follower (43004, 50005), no such openid, or messages switched off. */
    UNREACHABLE(40003, 46004, 43004, 50005, 48002) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Unreachable(reason);
        }
    },
    /** The platform has forgotten the media. A file that we still have can be uploaded again. */
    MEDIA_GONE(40007) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    },
    /** A send with this clientmsgid has been taken before: success, with the earlier message id. */
    ALREADY_SENT(45065) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    },
    /** The typing sign: none to take back, or shown already, or nothing to answer. */
    TYPING_MOOT(45080, 45081) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    },
    /**
     * This message will never be taken: malformed, too long, unsafe, or not agreed to (43101), or
     * the customer is on our own blacklist (43019), or we left something out (41001). Also every
     * code nobody here has heard of.
     */
    REFUSED(
            40008, 40033, 40037, 40097, 41001, 41030, 43019, 43101, 43104, 43116, 44001, 44002,
            44003, 44004, 45001, 45002, 45003, 45004, 45007, 45008, 45064, 45067, 45072, 45157,
            45158, 45159, 47001, 47003, 87009, 87014) {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    };

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final Map<Integer, WechatError> BY_CODE =
            Arrays.stream(values())
                    .flatMap(
                            error ->
                                    Arrays.stream(error.codes)
                                            .mapToObj(code -> Map.entry(code, error)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final int[] codes;

    WechatError(int... codes) {
        this.codes = codes;
    }

    /** What to tell the gateway, {@code reason} being for people. */
    abstract DeliveryException toException(Api api, String reason, Instant now);

    static WechatError of(int code) {
        return BY_CODE.getOrDefault(code, REFUSED);
    }

    /** Whether a code was met before; one that was not counts as {@link #REFUSED}. */
    static boolean knows(int code) {
        return BY_CODE.containsKey(code);
    }

    /** The code and its meaning. The platform's own words are left out: they can hold an openid. */
    static String describe(int code) {
        var words = WxMpErrorMsgEnum.findMsgByCode(code);
        return words == null ? "errcode " + code : "errcode " + code + " " + words;
    }

    private static Instant nextMidnight(Instant now) {
        return now.atZone(CHINA)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.MIDNIGHT)
                .atZone(CHINA)
                .toInstant();
    }
}
