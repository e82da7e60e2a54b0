package io.guanjia.gateway.channel;

import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A file that cannot be had. */
public final class MediaUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Where the platform does not say how long it wants to be left alone. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * What a server or somebody between us says of the moment or of us, rather than of the file:
     * unauthorized, forbidden, proxy authentication, timeout, misdirected, too early.
     */
    private static final Set<Integer> PASSING = Set.of(401, 403, 407, 408, 421, 425);

    private final String reason;
    private final boolean lasting;
    private final Duration rest;

    /**
     * @param reason a few words for people; nothing from the file or its address
     * @param lasting whether it is gone or refused for good, so that asking again is useless
     */
    public MediaUnavailable(String reason, boolean lasting) {
        this(reason, lasting, Duration.ZERO);
    }

    private MediaUnavailable(String reason, boolean lasting, Duration rest) {
        super(reason, null, false, false);
        this.reason = reason;
        this.lasting = lasting;
        this.rest = rest;
    }

    /** The platform wants no more calls for any file of the account for a while. */
    public static MediaUnavailable limited(String reason, Duration rest) {
        return new MediaUnavailable(reason, false, rest);
    }

    /** The server answers a request for the file with this HTTP status. */
    public static MediaUnavailable answered(int status) {
        var reason = "the platform answers: " + status;
        return status == TOO_MANY_REQUESTS
                ? limited(reason, REST)
                : new MediaUnavailable(
                        reason, status >= 400 && status < 500 && !PASSING.contains(status));
    }

    /** What keeps us from sending means this for files of the same account. */
    public static MediaUnavailable of(DeliveryException failure, Instant now) {
        var reason = failure.reason();
        return switch (failure) {
            case Throttled throttled -> limited(reason, throttled.retryAfter());
            case Blocked blocked -> limited(reason, until(blocked.until(), now));
            case Unavailable _, OutcomeUnknown _ -> new MediaUnavailable(reason, false);
            case Refused _, Unreachable _, WindowClosed _ -> new MediaUnavailable(reason, true);
        };
    }

    private static Duration until(@Nullable Instant end, Instant now) {
        return end != null && end.isAfter(now) ? Duration.between(now, end) : REST;
    }

    public String reason() {
        return reason;
    }

    public boolean lasting() {
        return lasting;
    }

    /** For how long to ask for no file of the account; zero where the others need not wait. */
    public Duration rest() {
        return rest;
    }
}
