package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.bot.Suggestion;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.conversation.Draft.Episode;
import io.guanjia.gateway.conversation.Draft.Line;
import io.guanjia.gateway.downgrade.ShortLink;
import io.guanjia.gateway.media.Carried;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.outbound.Lane;
import io.guanjia.gateway.outbound.Leaving;
import io.guanjia.gateway.outbound.NewDelivery;
import io.guanjia.gateway.outbound.Opening;
import io.guanjia.gateway.outbound.PassiveChance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Drafts as rows of each table, named as the columns that {@link ConversationCommit} reads. */
final class CommitRows {

    /**
     * A platform that learns later who has the customer would take them from whoever has by then.
     */
    private static final Duration HANDING_LIFE = Duration.ofMinutes(5);

    private final Ids ids;
    private final Preview preview;
    private final ConversationSettings settings;
    final List<Begun> begun = new ArrayList<>();
    final List<MessageRow> messages = new ArrayList<>();
    final List<StateRow> states = new ArrayList<>();
    final List<ChangeRow> changes = new ArrayList<>();
    final List<Following> followings = new ArrayList<>();
    final List<Leaving> leavings = new ArrayList<>();
    final List<Opening> openings = new ArrayList<>();
    final List<UUID> withFiles = new ArrayList<>();
    final List<NewDelivery> deliveries = new ArrayList<>();
    final List<ShortLink> links = new ArrayList<>();

    CommitRows(Ids ids, Preview preview, ConversationSettings settings) {
        this.ids = ids;
        this.preview = preview;
        this.settings = settings;
    }

    /** Adds a draft. {@code revisions} has the present one of every conversation that exists. */
    void add(Draft draft, Map<UUID, Long> revisions, Instant now) {
        for (var episode : draft.episodes()) {
            add(draft, episode, revisions.getOrDefault(episode.id, 0L), now);
        }
        if (draft.following() != draft.party().following()) {
            followings.add(new Following(draft.party().id(), draft.following()));
            if (draft.leftAt() != null) {
                leavings.add(new Leaving(draft.party().id(), draft.leftAt()));
            }
        }
        for (var opening : draft.openings()) {
            var address = draft.party().address();
            openings.add(
                    new Opening(
                            draft.party().id(),
                            address.channel(),
                            address.account(),
                            opening.trigger(),
                            opening.at()));
        }
    }

    private void add(Draft draft, Episode episode, long revision, Instant now) {
        var party = draft.party();
        var address = party.address();
        if (episode.loaded == null) {
            begun.add(
                    new Begun(
                            episode.id,
                            party.id(),
                            address.channel(),
                            address.account(),
                            address.party()));
        }
        var next = revision;
        for (var line : episode.lines) {
            messages.add(message(party.id(), episode.id, line, ++next));
            links.addAll(line.said().links());
            var toSend = line.direction().equals("out") && !line.saidElsewhere();
            if (toSend) {
                deliveries.add(delivery(draft, line, now));
            } else if (Carried.elsewhere(line.content())) {
                withFiles.add(line.id());
            }
        }
        for (var step : episode.steps) {
            changes.add(
                    new ChangeRow(
                            ids.next(),
                            episode.id,
                            step.at(),
                            step.from() == null ? null : step.from().state(),
                            step.to().state(),
                            kind(step.by()),
                            step.by().name(),
                            step.reason()));
        }
        states.add(state(episode, next + 1));
    }

    private MessageRow message(UUID party, UUID conversation, Line line, long revision) {
        return new MessageRow(
                line.id(),
                conversation,
                party,
                revision,
                line.direction(),
                kind(line.author()),
                line.author().name(),
                line.content(),
                line.raw(),
                line.externalId(),
                line.dedupeKey(),
                line.sentAt(),
                line.receivedAt());
    }

    private NewDelivery delivery(Draft draft, Line line, Instant now) {
        var chance = line.answers();
        return new NewDelivery(
                ids.next(),
                line.id(),
                draft.party().id(),
                draft.party().address(),
                line.author(),
                line.content(),
                lane(line),
                now.plus(line.toPlatform() ? HANDING_LIFE : life(lane(line))),
                chance == null || !chance.until().isAfter(now)
                        ? null
                        : new PassiveChance(chance.dedupeKey(), chance.until()));
    }

    private Duration life(Lane lane) {
        return switch (lane) {
            case PERSON -> settings.personAnswerLife();
            case BOT -> settings.botAnswerLife();
            case CAMPAIGN -> settings.noticeLife();
        };
    }

    /** What other systems send by the thousand does not go before what a customer waits for. */
    private static Lane lane(Line line) {
        if (line.notice()) {
            return Lane.CAMPAIGN;
        }
        return line.author().kind() == Author.Kind.AGENT ? Lane.PERSON : Lane.BOT;
    }

    private StateRow state(Episode episode, long revision) {
        var state = episode.state;
        var unanswered = 0;
        var answered = false;
        Instant since = null;
        Line last = null;
        for (var line : episode.lines) {
            switch (line.direction()) {
                case "in" -> {
                    var asks = !(line.content() instanceof Event);
                    unanswered += asks ? 1 : 0;
                    since = unanswered == 1 && asks ? line.receivedAt() : since;
                    last = line;
                }
                case "out" -> {
                    var answers = !line.notice() && !line.toPlatform();
                    unanswered = answers ? 0 : unanswered;
                    answered |= answers;
                    last = line.toPlatform() ? last : line;
                }
                default -> {}
            }
        }
        return new StateRow(
                episode.id,
                state.state(),
                state instanceof WithAgent agent ? agent.username() : null,
                state instanceof Elsewhere elsewhere ? elsewhere.member() : null,
                state instanceof Waiting waiting ? waiting.reason().word() : null,
                state instanceof WithBot bot ? bot.failures() : 0,
                state instanceof WithBot bot ? bot.offered() : List.of(),
                state instanceof Waiting waiting && waiting.toldUnavailable(),
                episode.steps.stream().anyMatch(Draft.Step::moves),
                revision,
                answered,
                unanswered,
                unanswered == 0 ? null : since,
                last == null ? null : preview.of(last.content()),
                last == null ? null : last.direction(),
                last == null ? null : last.receivedAt());
    }

    private static String kind(Author author) {
        return author.kind().name().toLowerCase(Locale.ROOT);
    }

    record Begun(UUID id, UUID party_id, String channel, String account, String party) {}

    record MessageRow(
            UUID id,
            UUID conversation,
            UUID party,
            long revision,
            String direction,
            String author_kind,
            @Nullable String author_name,
            Content content,
            @Nullable String raw,
            @Nullable String external_id,
            @Nullable String dedupe_key,
            Instant sent_at,
            Instant received_at) {}

    record StateRow(
            UUID id,
            String state,
            @Nullable String agent,
            @Nullable String colleague,
            @Nullable String reason,
            int bot_failures,
            List<Suggestion> offered,
            boolean told_unavailable,
            boolean moved,
            long revision,
            boolean answered,
            int unanswered,
            @Nullable Instant unanswered_since,
            @Nullable String last_text,
            @Nullable String last_direction,
            @Nullable Instant last_at) {}

    record ChangeRow(
            UUID id,
            UUID conversation,
            Instant at,
            @Nullable String from_state,
            String to_state,
            String by_kind,
            @Nullable String by_name,
            String reason) {}

    record Following(UUID id, boolean following) {}
}
