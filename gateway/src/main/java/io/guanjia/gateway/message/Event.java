package io.guanjia.gateway.message;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Something the outside party did rather than said. */
public sealed interface Event extends Content {

    /** The party follows the account. {@code scene} says which QR code led here, if one did. */
    record Followed(@Nullable String scene, @Nullable String ticket) implements Event {}

    /** The party left. Nothing can be sent any more. */
    record Unfollowed() implements Event {}

    /** A party who already follows scanned a QR code of ours. */
    record Scanned(String scene, @Nullable String ticket) implements Event {}

    /**
     * The party used the account's menu.
     *
     * @param kind the platform's lower-case word, such as {@code click}, {@code view} or {@code
     *     scancode_waitmsg}
     * @param key the entry's key, or its address for {@code view}
     * @param extra what came with it, such as a scan's result
     */
    record MenuTapped(String kind, String key, Map<String, Object> extra) implements Event {
        public MenuTapped {
            extra = Map.copyOf(extra);
        }
    }

    /** The party's app reported where it is. {@code precision} is in metres. */
    record LocationReported(double latitude, double longitude, double precision) implements Event {}

    /**
     * The party came in, and its platform lets us greet them for a short while. By the platform's
     * own lower-case name and with all its fields.
     */
    record Entered(String name, Map<String, Object> fields) implements Event {
        public Entered {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * The party has become the contact of one of our people, who talks with them elsewhere: what
     * they say does not come to this account. We may greet them, once and for a short while. By the
     * platform's own lower-case name and with all its fields.
     */
    record Introduced(String name, Map<String, Object> fields) implements Event {
        public Introduced {
            fields = Map.copyOf(fields);
        }
    }

    /** What the party and one of our people do with each other outside the gateway. */
    sealed interface Elsewhere extends Event {

        /** Our person, by the platform's name; empty where it names nobody. */
        String member();
    }

    /**
     * One of our people has taken the party over in the platform's own client, from us or from
     * another. By the platform's own lower-case name and with all its fields.
     */
    record TakenElsewhere(String member, String name, Map<String, Object> fields)
            implements Elsewhere {
        public TakenElsewhere {
            fields = Map.copyOf(fields);
        }
    }

    /** One of our people said something to the party in the platform's own client. */
    record AnsweredElsewhere(String member, Content said) implements Elsewhere {
        public AnsweredElsewhere {
            // What was journalled by an earlier build had words instead.
            said = said == null ? new Content.Unreadable("") : said;
        }
    }

    /** One of our people is done with the party in the platform's own client: it is ours again. */
    record LeftElsewhere(String member, String name, Map<String, Object> fields)
            implements Elsewhere {
        public LeftElsewhere {
            fields = Map.copyOf(fields);
        }
    }

    /** Any other event, by the platform's own lower-case name and with all its fields. */
    record Other(String name, Map<String, Object> fields) implements Event {
        public Other {
            fields = Map.copyOf(fields);
        }
    }
}
