package io.guanjia.adapters.wecom;

import io.guanjia.contract.ErrorCodes;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** All codes that {@link CorpError} knows, and what each has to become of a message. */
public final class CorpCodes {

    private CorpCodes() {}

    /**
     * @param some which of them the product may answer by
     * @param answers makes the platform answer by one from now on
     */
    public static ErrorCodes table(IntPredicate some, Consumer<String> answers) {
        return new ErrorCodes.Table(
                CorpError.codes().stream()
                        .filter(code -> some.test(code))
                        .collect(
                                Collectors.toMap(
                                        code -> Integer.toString(code),
                                        code -> becomes(CorpError.of(code)))),
                "77777",
                answers);
    }

    private static Optional<Class<? extends DeliveryException>> becomes(CorpError error) {
        return switch (error) {
            case BUSY -> Optional.of(Unavailable.class);
            case STALE_TOKEN, ACCOUNT_BLOCKED, API_BLOCKED -> Optional.of(Blocked.class);
            case TOO_FAST, TOO_MANY_AT_ONCE -> Optional.of(Throttled.class);
            case WINDOW_CLOSED, WRONG_STATE -> Optional.of(WindowClosed.class);
            case UNREACHABLE -> Optional.of(Unreachable.class);
            case NOT_A_SERVICER, MEDIA_GONE, STALE_CALLBACK_TOKEN, NO_WELCOME, REFUSED ->
                    Optional.of(Refused.class);
        };
    }
}
