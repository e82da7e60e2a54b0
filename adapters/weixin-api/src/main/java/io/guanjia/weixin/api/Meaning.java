package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * What an error code of the platform means for what happens next. Codes are in {@link ErrorTable}.
 */
public enum Meaning {
    /** Busy. Again, with back-off; a message three times, a token as often as it is needed. */
    BUSY {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return api == Api.STABLE_TOKEN ? new Unavailable(reason) : new Unavailable(reason, 3);
        }
    },
    /** The access token is wrong, of another account, or expired. Refresh it once and try again. */
    STALE_TOKEN {
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
    WRONG_APP_ID {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return api == Api.STABLE_TOKEN ? new Blocked(reason, null, null) : new Refused(reason);
        }
    },
    /** The secret is wrong, our address is not in IP白名单, or the account itself is banned. */
    ACCOUNT_BLOCKED {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Blocked(reason, null, null);
        }
    },
    /** The account may not use this API: not granted, taken away, limited. */
    API_BLOCKED {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Blocked(reason, shut(api), null);
        }
    },
    /** The API's quota for today is used up; it starts afresh at midnight in China. */
    DAILY_QUOTA {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Blocked(reason, shut(api), nextMidnight(now));
        }
    },
    /** Too many calls this minute, or the same message again too soon. */
    TOO_FAST {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Throttled(reason, Duration.ofSeconds(60));
        }
    },
    /** The customer has not written in time or the window's messages are used up. */
    WINDOW_CLOSED {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new WindowClosed(reason);
        }
    },
    /** No such openid, or messages switched off, or what else keeps one customer from us. */
    UNREACHABLE {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Unreachable(reason);
        }
    },
    /** The platform has forgotten the media. A file that we still have can be uploaded again. */
    MEDIA_GONE {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    },
    /** A send with this clientmsgid has been taken before: success, with the earlier message id. */
    ALREADY_SENT {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    },
    /** The typing sign: none to take back, or shown already, or nothing to answer. */
    TYPING_MOOT {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    },
    /** 内容安全: the platform objects to what a message says. */
    UNSAFE {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return Refused.unsafe(reason);
        }
    },
    /** This message will never be taken. Also every code nobody here has heard of. */
    REFUSED {
        @Override
        DeliveryException toException(Api api, String reason, Instant now) {
            return new Refused(reason);
        }
    };

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** What to tell the gateway, {@code reason} being for people. */
    abstract DeliveryException toException(Api api, String reason, Instant now);

    /** What is shut: without a token nothing goes out at all. */
    private static @Nullable String shut(Api api) {
        return api == Api.STABLE_TOKEN ? null : api.label();
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
