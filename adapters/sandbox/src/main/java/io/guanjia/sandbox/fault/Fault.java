package io.guanjia.sandbox.fault;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong now and then.
 *
 * @param target what it befalls: an API by its path such as {@code message/custom/send}, {@link
 *     #EVERY_API}, or {@link #CALLBACKS}
 * @param effect what happens
 * @param probability how likely it is each time, above 0 and up to 1
 * @param times how often it happens before it is over; null for as long as nobody removes it
 */
public record Fault(String target, Effect effect, double probability, @Nullable Integer times) {

    /** Befalls every call to the platform. */
    public static final String EVERY_API = "*";

    /** Befalls what the platform sends. */
    public static final String CALLBACKS = "callbacks";

    public Fault {
        if (target.isBlank()) {
            throw new IllegalArgumentException("target is blank");
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be above 0 and at most 1");
        }
        if (times != null && times < 1) {
            throw new IllegalArgumentException("times must be at least 1");
        }
    }

    /** A fault that strikes every time. */
    public static Fault always(String target, Effect effect) {
        return new Fault(target, effect, 1, null);
    }

    /** A fault that strikes the next {@code times} times. */
    public static Fault next(int times, String target, Effect effect) {
        return new Fault(target, effect, 1, times);
    }

    /** A fault that strikes at random. */
    public static Fault sometimes(double probability, String target, Effect effect) {
        return new Fault(target, effect, probability, null);
    }

    boolean befalls(String what) {
        return target.equals(what) || (target.equals(EVERY_API) && !what.equals(CALLBACKS));
    }
}
