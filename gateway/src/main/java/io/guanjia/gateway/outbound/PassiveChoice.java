package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Content;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which deliveries go out as the reply to a callback. Decides; changes nothing. */
sealed interface PassiveChoice {

    /** Between two messages that become one. */
    String SEPARATOR = "\n\n";

    /** Those whose chance is over: they go by the ordinary way at once. */
    default List<UUID> missed() {
        return List.of();
    }

    default @Nullable PassiveReply reply() {
        return null;
    }

    /** Nothing goes out this way. */
    record Nothing(@Override List<UUID> missed) implements PassiveChoice {}

    /** This was the reply before; the platform did not get it. */
    record Again(@Override PassiveReply reply) implements PassiveChoice {}

    record Fresh(@Override PassiveReply reply, @Override List<UUID> missed)
            implements PassiveChoice {}

    /**
     * For an account that can push: the first answer alone. Others follow by the ordinary way.
     *
     * @param lines in the order they are to be read
     */
    static PassiveChoice first(List<Line> lines, OpenCallback callback) {
        var before = again(lines);
        if (before.isPresent()) {
            return before.get();
        }
        var answers = lines.stream().filter(Line::answer).filter(Line::waits).toList();
        if (answers.isEmpty()) {
            return new Nothing(List.of());
        }
        var first = answers.getFirst();
        var speakable = first.shut ? callback.lastResort() : callback.speakable();
        if (first.overtakes || first.content == null || !speakable.test(first.content)) {
            return new Nothing(ids(answers));
        }
        return new Fresh(
                new PassiveReply(List.of(first.id), first.content),
                ids(answers.subList(1, answers.size())));
    }

    /**
     * For an account that can only answer: the answers and, before them, as much of what was held
     * as there is room for.
     *
     * @param heldAlone whether what was held may go although there is no answer
     */
    static PassiveChoice merged(List<Line> lines, OpenCallback callback, boolean heldAlone) {
        var before = again(lines);
        if (before.isPresent()) {
            return before.get();
        }
        var waiting = lines.stream().filter(Line::waits).toList();
        var answers = waiting.stream().filter(Line::answer).toList();
        if (answers.isEmpty() && !heldAlone) {
            return new Nothing(List.of());
        }
        var held = waiting.stream().filter(line -> !line.answer && !line.campaign).toList();
        var chosen =
                answers.stream().allMatch(Line::isText)
                        ? fitting(answers, held, callback.maxBytes())
                        : List.<Line>of();
        return Stream.of(chosen, firstOf(answers), firstOf(held))
                .filter(some -> !some.isEmpty())
                .filter(some -> speakable(some, callback))
                .findFirst()
                .<PassiveChoice>map(some -> new Fresh(combined(some), List.of()))
                .orElse(new Nothing(List.of()));
    }

    private static Optional<PassiveChoice> again(List<Line> lines) {
        var claimed = lines.stream().filter(line -> line.claim != Claim.NONE).toList();
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                claimed.stream().anyMatch(line -> line.claim == Claim.FRESH)
                        ? new Nothing(List.of())
                        : new Again(combined(claimed)));
    }

    /** The answers have the first claim to the room, whatever was held the second. */
    private static List<Line> fitting(List<Line> answers, List<Line> held, int maxBytes) {
        var room = maxBytes + SEPARATOR.length();
        var chosen = new ArrayList<Line>();
        for (var some : List.of(answers, held.stream().filter(Line::isText).toList())) {
            for (var line : some) {
                room -= line.bytes();
                if (room < 0) {
                    break;
                }
                chosen.add(line);
            }
            room = Math.max(room, 0);
        }
        var taken = Set.copyOf(ids(chosen));
        return Stream.concat(held.stream(), answers.stream())
                .filter(line -> taken.contains(line.id))
                .sorted(Comparator.comparingLong(Line::place))
                .toList();
    }

    private static List<Line> firstOf(List<Line> lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.getFirst());
    }

    private static boolean speakable(List<Line> lines, OpenCallback callback) {
        return lines.stream().allMatch(line -> line.content != null)
                && callback.speakable().test(combined(lines).content());
    }

    private static PassiveReply combined(List<Line> lines) {
        var only = lines.getFirst().content;
        var content =
                lines.size() == 1 && only != null
                        ? only
                        : new Content.Text(
                                lines.stream()
                                        .map(Line::words)
                                        .collect(Collectors.joining(SEPARATOR)));
        return new PassiveReply(ids(lines), content);
    }

    private static List<UUID> ids(List<Line> lines) {
        return lines.stream().map(Line::id).toList();
    }

    /** What an earlier try of the same callback means for this one. */
    enum Claim {
        /** None had it, or so long ago that this is no try but a replay. */
        NONE,
        /**
         * Another had it just now. This is a copy of the same try, and whoever answered it too
         * would say everything twice.
         */
        FRESH,
        /** The platform is back for what it did not get. */
        LAPSED
    }

    /**
     * When the platform's next try can come.
     *
     * @param receivedAt when this try came
     * @param pause how long after another a try comes at the least that is none of its copies
     * @param span how long it may come back at all
     */
    record Retries(Instant receivedAt, Duration pause, Duration span) {

        /**
         * @param first when it was first claimed, by our clock; null where that was not for a
         *     callback
         * @param last when the try came that claimed it last
         */
        Claim claim(@Nullable Instant first, @Nullable Instant last) {
            if (first == null || last == null || !receivedAt.isBefore(first.plus(span))) {
                return Claim.NONE;
            }
            return receivedAt.isBefore(last.plus(pause)) ? Claim.FRESH : Claim.LAPSED;
        }
    }

    /**
     * A delivery that may go this way.
     *
     * @param answer whether it answers the message in question
     * @param overtakes whether something said before it is about to go out
     * @param shut whether its ordinary way is
     * @param waits whether it can still be claimed
     * @param claim whether it was the reply to this very callback before
     * @param content null where it cannot be read
     */
    record Line(
            UUID id,
            long place,
            boolean answer,
            boolean overtakes,
            boolean shut,
            boolean campaign,
            boolean waits,
            Claim claim,
            @Nullable Content content) {

        static Line read(Readable row, StoredContent stored, Instant now, Retries retries) {
            var state = DeliveryState.of(Columns.required(row, "state", String.class));
            var answer = Columns.required(row, "answer", Boolean.class);
            return new Line(
                    Columns.required(row, "id", UUID.class),
                    Columns.required(row, "seq", Long.class),
                    answer,
                    Columns.required(row, "overtakes", Boolean.class),
                    Columns.required(row, "shut", Boolean.class),
                    Columns.required(row, "lane", Short.class) == Lane.CAMPAIGN.rank(),
                    switch (state) {
                        case QUEUED, HELD ->
                                now.isBefore(Columns.required(row, "expires_at", Instant.class));
                        default -> false;
                    },
                    switch (state) {
                        case SENDING, ACCEPTED, UNKNOWN ->
                                answer
                                        ? retries.claim(
                                                row.get("leased_at", Instant.class),
                                                row.get("claimed_at", Instant.class))
                                        : Claim.NONE;
                        default -> Claim.NONE;
                    },
                    stored.read(Columns.required(row, "content", String.class)).orElse(null));
        }

        boolean isText() {
            return content instanceof Content.Text;
        }

        String words() {
            return content instanceof Content.Text(var body) ? body : "";
        }

        /** In UTF-8, with the separator that follows it. */
        int bytes() {
            return words().getBytes(StandardCharsets.UTF_8).length + SEPARATOR.length();
        }
    }
}
