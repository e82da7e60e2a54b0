package io.guanjia.sandbox.phone;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A customer of one account. */
public interface PhoneCustomer {

    /** The platform's id for them, such as a uid or a phone number. */
    String id();

    String name();

    /** What is on the screen, oldest first. */
    List<PhoneLine> chat();

    /**
     * What they can do besides writing: {@code image}, {@code voice}, {@code location}, {@code
     * follow}, {@code unfollow}, {@code scan}, {@code menu}, {@code enter}, {@code mention} and the
     * like.
     */
    List<String> gestures();

    /**
     * Does something.
     *
     * @param gesture {@code text}, with a detail {@code text}; {@code choose}, with the {@code id}
     *     of an option; or one of {@link #gestures}, whose details all have defaults
     * @return completes with what the platform's callback came to, such as {@code acknowledged}
     * @throws IllegalArgumentException when it cannot be done
     */
    CompletionStage<String> does(String gesture, Map<String, String> details);
}
