package io.guanjia.gateway.accounts;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Why an account was not changed. Nothing was done. */
public abstract sealed class AccountRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private AccountRefusal(String message) {
        super(message, null, false, false);
    }

    /** There is no such channel, or no such account. */
    public static final class NotFound extends AccountRefusal {
        private static final long serialVersionUID = 1;

        public NotFound() {
            super("not found");
        }
    }

    /** It stands in a settings file, which is where it is changed. */
    public static final class InSettings extends AccountRefusal {
        private static final long serialVersionUID = 1;

        public InSettings() {
            super("in the settings");
        }
    }

    /** Another account of the channel is called so. */
    public static final class NameTaken extends AccountRefusal {
        private static final long serialVersionUID = 1;

        public NameTaken() {
            super("name taken");
        }
    }

    /** Somebody else changed it meanwhile. */
    public static final class Outdated extends AccountRefusal {
        private static final long serialVersionUID = 1;

        public Outdated() {
            super("outdated");
        }
    }

    /** The channel cannot work with these settings. */
    public static final class Invalid extends AccountRefusal {
        private static final long serialVersionUID = 1;

        private final transient List<Fault> faults;

        public Invalid(List<Fault> faults) {
            super("invalid: " + faults);
            this.faults = List.copyOf(faults);
        }

        public List<Fault> faults() {
            return faults;
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param field where, such as {@code settings.app-id}
     * @param message what, in the channel's own words; null where {@code code} says it
     * @param code {@code missing}, {@code malformed}, {@code unknown}, {@code sealed} or {@code
     *     address-changed}
     */
    public record Fault(String field, @Nullable String message, String code) {

        static Fault of(String field, String code) {
            return new Fault(field, null, code);
        }
    }
}
