package io.guanjia.gateway.conversation;

/**
 * A command of the desk that may not be carried out. Nothing was changed.
 *
 * <p>The web layer turns each kind into a status and a stable code in one place.
 */
public abstract sealed class DeskRefusal extends RuntimeException {

    private DeskRefusal(String message) {
        super(message, null, false, false);
    }

    /** There is no such conversation or message, or it is none of this person's business. */
    public static final class NotFound extends DeskRefusal {
        public NotFound() {
            super("not found");
        }
    }

    /** Another person has it. */
    public static final class Taken extends DeskRefusal {
        private final String by;

        /**
         * @param by their username
         */
        public Taken(String by) {
            super("taken");
            this.by = by;
        }

        public String by() {
            return by;
        }
    }

    /** Only who has the conversation may do this: take it first. */
    public static final class NotYours extends DeskRefusal {
        public NotYours() {
            super("not yours");
        }
    }

    /** The conversation is over. */
    public static final class Closed extends DeskRefusal {
        public Closed() {
            super("closed");
        }
    }

    /** The account takes no text as long as this. */
    public static final class TooLong extends DeskRefusal {
        private final int maxBytes;

        /**
         * @param maxBytes the longest it takes, in UTF-8
         */
        public TooLong(int maxBytes) {
            super("too long");
            this.maxBytes = maxBytes;
        }

        public int maxBytes() {
            return maxBytes;
        }
    }

    /** The channel or account cannot say this kind of thing, or is not in the settings any more. */
    public static final class CannotSay extends DeskRefusal {
        public CannotSay() {
            super("cannot say");
        }
    }

    /** A dead letter that this release cannot read either. */
    public static final class StillUnreadable extends DeskRefusal {
        public StillUnreadable() {
            super("still unreadable");
        }
    }

    /**
     * Only a message of one's own is taken back that went out, on an account that can take it back,
     * and not too late.
     */
    public static final class NotRecallable extends DeskRefusal {
        public NotRecallable() {
            super("not recallable");
        }
    }

    /** Only a message that was refused, has expired or whose outcome is unknown is sent again. */
    public static final class NotRetryable extends DeskRefusal {
        public NotRetryable() {
            super("not retryable");
        }
    }
}
