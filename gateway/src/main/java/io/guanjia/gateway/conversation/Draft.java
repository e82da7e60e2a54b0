package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.conversation.Turn.Change;
import io.guanjia.gateway.downgrade.Said;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What one party's share of a batch comes to, before it is committed. Grows turn by turn; belongs
 * to one chain at a time.
 */
final class Draft {

    private final Party party;
    private final Sayable sayable;
    private final Ids ids;
    private final List<Episode> episodes = new ArrayList<>();
    private final List<Opened> openings = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private boolean following;
    private @Nullable Instant leftAt;

    Draft(Party party, Sayable sayable, Ids ids) {
        this.party = party;
        this.sayable = sayable;
        this.ids = ids;
        following = party.following();
        if (party.open() != null) {
            episodes.add(new Episode(party.open().id(), party.open(), party.open().state()));
        }
    }

    /**
     * An outside party as loaded.
     *
     * @param open the conversation that is going on, null when there is none
     */
    record Party(UUID id, Address address, boolean following, @Nullable Open open) {}

    /** A conversation as loaded. */
    record Open(UUID id, Conversation state) {}

    /** A reply window that a message opened. */
    record Opened(Trigger trigger, Instant at) {}

    /**
     * Something said or noted.
     *
     * @param answers for what we say: the inbound message it could answer in a response, and until
     *     when
     */
    record Line(
            UUID id,
            String direction,
            Author author,
            Said said,
            @Nullable String raw,
            @Nullable String externalId,
            @Nullable String dedupeKey,
            Instant sentAt,
            Instant receivedAt,
            @Nullable Chance answers) {

        Content content() {
            return said.content();
        }

        /** Whether the party said or did it, rather than the platform or one of our people. */
        boolean theirs() {
            return direction.equals("in")
                    && !(content() instanceof Event.Other)
                    && !(content() instanceof Event.Elsewhere);
        }

        /** Whether it is a notice of another system's, which answers nothing. */
        boolean notice() {
            return author.kind() == Author.Kind.SYSTEM && author.name() != null;
        }

        /** Whether one of our people has said it elsewhere, so that nobody has to send it. */
        boolean saidElsewhere() {
            return author.kind() == Author.Kind.COLLEAGUE;
        }

        /** Whether it tells the platform something, and the customer nothing. */
        boolean toPlatform() {
            return author.equals(Author.SYSTEM) && content() instanceof Content.Native;
        }
    }

    /** The chance to say something in the response to a callback. */
    record Chance(String dedupeKey, Instant until) {}

    /** One change of state, on record. {@code from} is null where a conversation begins. */
    record Step(
            @Nullable Conversation from, Conversation to, Author by, String reason, Instant at) {

        /** Not where something is on record that leaves it as it is. */
        boolean moves() {
            return !to.equals(from);
        }
    }

    /** One conversation's share. */
    static final class Episode {
        final UUID id;
        final @Nullable Open loaded;
        Conversation state;
        final List<Line> lines = new ArrayList<>();
        final List<Step> steps = new ArrayList<>();

        private Episode(UUID id, @Nullable Open loaded, Conversation state) {
            this.id = id;
            this.loaded = loaded;
            this.state = state;
        }
    }

    Party party() {
        return party;
    }

    List<Episode> episodes() {
        return episodes;
    }

    List<Opened> openings() {
        return openings;
    }

    /** The messages that led to nothing being said, by their keys on the answer board. */
    List<String> unanswered() {
        return unanswered;
    }

    boolean following() {
        return following;
    }

    /** When they stopped following us, by the platform's clock; null while they have not. */
    @Nullable Instant leftAt() {
        return leftAt;
    }

    /** The state the next message meets. A closed conversation is followed by a new one. */
    Conversation state() {
        var last = episodes.isEmpty() ? null : episodes.getLast();
        return last == null || last.state instanceof Closed ? WithBot.FRESH : last.state;
    }

    /** What goes on, as far as it was there before; null for what began only now. */
    @Nullable UUID goesOn() {
        var last = episodes.isEmpty() ? null : episodes.getLast();
        return last == null || last.state instanceof Closed || last.loaded == null ? null : last.id;
    }

    /** Whether the party has said or done something in this batch that belongs to what goes on. */
    boolean heardFrom() {
        var last = episodes.isEmpty() ? null : episodes.getLast();
        return last != null
                && !(last.state instanceof Closed)
                && last.lines.stream().anyMatch(Line::theirs);
    }

    /** Whether the party did this in the batch, later than then by the platform's clock. */
    boolean didAfter(Instant then, Predicate<Content> what) {
        return episodes.stream()
                .flatMap(episode -> episode.lines.stream())
                .filter(line -> line.theirs() && line.sentAt().isAfter(then))
                .map(Line::content)
                .anyMatch(what);
    }

    /** Adds a message of the party's and what it led to. */
    void add(InboundMessage message, @Nullable Instant answerBy, Turn turn, Instant now) {
        var episode = current(message.receivedAt());
        episode.lines.add(
                message.content() instanceof Event.AnsweredElsewhere(var member, var said)
                        ? line(message, "out", Author.colleague(member), said)
                        : line(message, "in", Author.CUSTOMER, message.content()));
        if (message.trigger() != null) {
            openings.add(new Opened(message.trigger(), message.sentAt()));
        }
        switch (message.content()) {
            case Event.Followed _ -> {
                following = true;
                leftAt = null;
            }
            case Event.Unfollowed _ -> {
                following = false;
                leftAt = message.sentAt();
            }
            default -> {}
        }
        if (turn.says().isEmpty()) {
            unanswered.add(AnswerBoard.key(message.from(), message.dedupeKey()));
        }
        var chance = answerBy == null ? null : new Chance(message.dedupeKey(), answerBy);
        apply(episode, turn, chance, now);
    }

    /**
     * Adds what the party did before something that is here already and says how things are now. It
     * stands in the thread and changes nothing.
     */
    void addOvertaken(InboundMessage message) {
        addAside(line(message, "in", Author.CUSTOMER, message.content()), "unfollowed");
        unanswered.add(AnswerBoard.key(message.from(), message.dedupeKey()));
    }

    private Line line(InboundMessage from, String direction, Author author, Content content) {
        return new Line(
                ids.next(),
                direction,
                author,
                Said.asItIs(content),
                from.raw(),
                from.externalId(),
                from.dedupeKey(),
                from.sentAt(),
                from.receivedAt(),
                null);
    }

    /** Adds what came of a command at the desk. */
    void add(Turn turn, Instant now) {
        apply(current(now), turn, null, now);
    }

    /** Adds a person's words or note to the conversation as loaded, be it open or over. */
    void add(Line line) {
        episodes.getLast().lines.add(line);
    }

    /** Adds words that nobody waits for. */
    void addNotice(Line line) {
        addAside(line, "notice");
    }

    /**
     * Adds to what goes on, or was last; a party without either gets a conversation that is over as
     * it begins, for this reason.
     */
    private void addAside(Line line, String reason) {
        if (episodes.isEmpty()) {
            var over = new Closed();
            var episode = new Episode(ids.next(), null, over);
            episode.steps.add(new Step(null, over, line.author(), reason, line.sentAt()));
            episodes.add(episode);
        }
        add(line);
    }

    private void apply(Episode episode, Turn turn, @Nullable Chance chance, Instant now) {
        var open = chance;
        for (var saying : turn.says()) {
            for (var said : sayable.orAsItIs(party.address(), saying.content())) {
                episode.lines.add(out(saying.author(), said, open, now));
                // A response carries one message: only the first has the chance.
                open = null;
            }
        }
        for (Change change : turn.changes()) {
            episode.steps.add(
                    new Step(change.from(), change.to(), change.by(), change.reason(), now));
            change.handing()
                    .flatMap(handing -> sayable.told(party.address(), handing))
                    .ifPresent(
                            told ->
                                    episode.lines.add(
                                            out(Author.SYSTEM, Said.asItIs(told), null, now)));
        }
        episode.state = turn.next();
    }

    private Line out(Author author, Said said, @Nullable Chance answers, Instant now) {
        return new Line(ids.next(), "out", author, said, null, null, null, now, now, answers);
    }

    private Episode current(Instant now) {
        var last = episodes.isEmpty() ? null : episodes.getLast();
        if (last != null && !(last.state instanceof Closed)) {
            return last;
        }
        var next = new Episode(ids.next(), null, WithBot.FRESH);
        next.steps.add(new Step(null, WithBot.FRESH, Author.CUSTOMER, "began", now));
        episodes.add(next);
        return next;
    }
}
