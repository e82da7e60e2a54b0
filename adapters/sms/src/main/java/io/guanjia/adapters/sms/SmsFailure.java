package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.HealthSign;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * Why an SMS is not taken, the same for every provider. Each provider's table of errors leads here;
 * what happens next is decided once.
 *
 * <p>What one number or one message is to blame for never stops the others.
 */
public enum SmsFailure {
    /** The provider failed and has not taken it. */
    BUSY,
    /** Perhaps it was taken. */
    UNCLEAR,
    /** We call too often. */
    TOO_FAST,
    /** This number has had enough for half a minute. */
    REST_HALF_MINUTE,
    /** … until the minute is over. */
    REST_MINUTE,
    /** … until the hour is over. */
    REST_HOUR,
    /** … for today: by then the message is stale. */
    REST_DAY,
    /** Promotions go out by day only. */
    NIGHT,
    /** The number is on a list of those who want nothing, or is none. */
    UNREACHABLE,
    /** The message is at fault. */
    REFUSED,
    /** The template is not approved or does not exist. */
    TEMPLATE(HealthSign.ill("template", "rejected")),
    /** The signature is not approved, not registered or does not exist. */
    SIGN(HealthSign.ill("signature", "rejected")),
    /** Nothing left to pay with. */
    BALANCE(HealthSign.ill("balance", "empty")),
    /** The key, its rights, our address or our clock are wrong. */
    CREDENTIALS(HealthSign.ill("credentials", "refused")),
    /** What we have set as the most for a day. */
    DAY_QUOTA,
    /** … for a month. */
    MONTH_QUOTA;

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    private final @Nullable HealthSign sign;

    SmsFailure() {
        this(null);
    }

    SmsFailure(@Nullable HealthSign sign) {
        this.sign = sign;
    }

    /** What it says of the account's health; null for nothing. */
    public @Nullable HealthSign sign() {
        return sign;
    }

    /**
     * @param reason for people: the provider's code and a few words
     * @param way the API it went by
     * @param ownTemplate whether the template is the account's own for plain words. One that a
     *     message named is that message's fault
     */
    public DeliveryException toException(
            String reason, String way, boolean ownTemplate, Instant now) {
        return switch (this) {
            case BUSY -> new Unavailable(reason);
            case UNCLEAR -> new OutcomeUnknown(reason);
            case TOO_FAST -> new Throttled(reason, SHORT);
            case REST_HALF_MINUTE -> Throttled.alone(reason, Duration.ofSeconds(30));
            case REST_MINUTE ->
                    Throttled.alone(reason, ChinaTime.untilNext(ChronoUnit.MINUTES, now));
            case REST_HOUR -> Throttled.alone(reason, ChinaTime.untilNext(ChronoUnit.HOURS, now));
            case NIGHT -> Throttled.alone(reason, ChinaTime.until(MORNING, now));
            case REST_DAY, REFUSED -> new Refused(reason);
            case UNREACHABLE -> new Unreachable(reason);
            case TEMPLATE -> ownTemplate ? new Blocked(reason, way, null) : new Refused(reason);
            case SIGN, BALANCE, CREDENTIALS -> new Blocked(reason, null, null);
            case DAY_QUOTA -> new Blocked(reason, null, ChinaTime.midnight(now));
            case MONTH_QUOTA -> new Blocked(reason, null, ChinaTime.newMonth(now));
        };
    }
}
