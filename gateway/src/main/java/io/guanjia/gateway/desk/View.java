package io.guanjia.gateway.desk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A list of the desk. */
enum View {
    /** Who waits for a person, longest first. */
    QUEUE("c.state = 'waiting'", true),
    /** What the viewer has. */
    MINE("c.state = 'agent' and c.agent = :me", false),
    /** What the bot has. */
    BOT("c.state = 'bot'", false),
    /** Everything that is open; for who supervises. */
    ALL("c.state <> 'closed'", false),
    /** What is over. */
    CLOSED("c.state = 'closed'", false);

    private final String condition;
    private final boolean oldestFirst;

    View(String condition, boolean oldestFirst) {
        this.condition = condition;
        this.oldestFirst = oldestFirst;
    }

    static Optional<View> of(String word) {
        return Arrays.stream(values())
                .filter(view -> view.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    String condition() {
        return condition;
    }

    String order() {
        return oldestFirst ? "c.since, c.id" : "c.last_at desc, c.id desc";
    }

    /** What lies behind a cursor. */
    String beyond() {
        return oldestFirst ? "(c.since, c.id) > (:at, :id)" : "(c.last_at, c.id) < (:at, :id)";
    }

    /** Where the next page begins. */
    Cursor after(ConversationView last) {
        var at = oldestFirst || last.last() == null ? last.since() : last.last().at();
        return new Cursor(at, last.id());
    }
}
