package io.guanjia.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What goes wrong. The first group befalls calls to the platform, the second its callbacks. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Delay.class, name = "delay"),
    @JsonSubTypes.Type(value = Effect.Status.class, name = "status"),
    @JsonSubTypes.Type(value = Effect.Hang.class, name = "hang"),
    @JsonSubTypes.Type(value = Effect.Close.class, name = "close"),
    @JsonSubTypes.Type(value = Effect.ErrorCode.class, name = "error"),
    @JsonSubTypes.Type(value = Effect.ErrorName.class, name = "errorName"),
    @JsonSubTypes.Type(value = Effect.SilentDrop.class, name = "silentDrop"),
    @JsonSubTypes.Type(value = Effect.Duplicate.class, name = "duplicate"),
    @JsonSubTypes.Type(value = Effect.Reorder.class, name = "reorder"),
    @JsonSubTypes.Type(value = Effect.Lose.class, name = "lose"),
})
public sealed interface Effect {

    /** Everything takes this much longer. Befalls calls and callbacks. */
    record Delay(Duration time) implements Effect {}

    /** The call is answered with this HTTP status and has no effect. */
    record Status(int status) implements Effect {
        public Status {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599");
            }
        }
    }

    /**
     * The call is never answered.
     *
     * @param accepted whether it takes effect all the same, which the caller cannot know
     */
    record Hang(boolean accepted) implements Effect {}

    /**
     * The connection is closed instead of an answer.
     *
     * @param accepted whether the call takes effect all the same, which the caller cannot know
     */
    record Close(boolean accepted) implements Effect {}

    /** The call is refused with this code, in the platform's usual envelope. */
    record ErrorCode(int code) implements Effect {}

    /** The same, on a platform whose codes are words. */
    record ErrorName(String name) implements Effect {}

    /** The call is answered with success, but nothing reaches the customer. */
    record SilentDrop() implements Effect {}

    /**
     * A callback is sent several times at once.
     *
     * @param copies how many more times, 1 to 100
     * @param to where the copies go, in turn; the account's own addresses when empty or not given
     */
    record Duplicate(int copies, List<URI> to) implements Effect {
        public Duplicate {
            if (copies < 1 || copies > 100) {
                throw new IllegalArgumentException("copies must be 1 to 100");
            }
            to = to == null ? List.of() : List.copyOf(to);
        }
    }

    /**
     * Callbacks are held back until {@code count} have come together, then sent in another order.
     *
     * @param count how many are shuffled together, 2 to 1000
     * @param patience the longest one is held back, then they go as they are
     */
    record Reorder(int count, Duration patience) implements Effect {
        public Reorder {
            if (count < 2 || count > 1000) {
                throw new IllegalArgumentException("count must be 2 to 1000");
            }
        }
    }

    /** A callback is never sent. The customer's own screen shows the message as sent. */
    record Lose() implements Effect {}
}
