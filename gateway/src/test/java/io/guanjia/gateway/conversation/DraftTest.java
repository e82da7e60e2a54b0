package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.conversation.Draft.Line;
import io.guanjia.gateway.conversation.Draft.Open;
import io.guanjia.gateway.conversation.Draft.Party;
import io.guanjia.gateway.conversation.Turn.Change;
import io.guanjia.gateway.conversation.Turn.Saying;
import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a turn leaves to be stored and sent, on a platform that keeps sessions of its own. */
class DraftTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:31:00Z");
    private static final Address LILEI = new Address("sessions", "demo", "李雷");
    private static final WithAgent XIAOLI = new WithAgent("xiaoli");

    private final Ids ids = Ids.timeOrdered();
    private final Sayable sayable =
            new Sayable(
                    new Channels(List.of(new Sessions())),
                    new Downgrade(
                            words(), Locale.CHINA, _ -> Optional.empty(), _ -> Optional.empty()));

    @Test
    void aPlatformWithSessionsIsToldWhenAConversationIsOver() {
        var over = new Closed();
        var draft = draft(XIAOLI);

        draft.add(turn(new Change(XIAOLI, over, Author.agent("xiaoli"), "closed")), NOW);

        assertThat(lines(draft)).extracting(Line::content).containsExactly(told(Handing.OVER));
        var rows = rows(draft);
        assertThat(rows.deliveries).hasSize(1);
        assertThat(rows.states.getFirst().answered()).isFalse();
        assertThat(rows.states.getFirst().last_text()).isNull();
    }

    @Test
    void aPlatformWithSessionsIsToldAfterTheCustomerWhoIsToGetAPersonThere() {
        var waiting = new Waiting(WaitReason.ASKED, false);
        var called =
                new Turn(
                        waiting,
                        List.of(new Saying(Author.SYSTEM, new Content.Text("请稍候"))),
                        List.of(new Change(WithBot.FRESH, waiting, Author.CUSTOMER, "asked")));
        var draft = draft(WithBot.FRESH);

        draft.add(called.toColleagues(), NOW);

        assertThat(draft.state()).isEqualTo(new Elsewhere(""));
        assertThat(lines(draft))
                .extracting(Line::content)
                .containsExactly(new Content.Text("请稍候"), told(Handing.TO_COLLEAGUE));
        assertThat(rows(draft).states.getFirst().last_text()).isEqualTo("请稍候");
    }

    @Test
    void whoWaitsAtTheDeskAlreadyIsNotPassedOn() {
        var waiting = Turn.silent(new Waiting(WaitReason.COLLEAGUE_SILENT, false));

        assertThat(waiting.toColleagues()).isEqualTo(waiting);
    }

    @Test
    void aPlatformIsNotToldWhatItsOwnPeopleDid() {
        var there = new Elsewhere("lisi");
        var draft = draft(XIAOLI);

        draft.add(
                turn(new Change(XIAOLI, there, Author.colleague("lisi"), "taken-elsewhere")), NOW);

        assertThat(lines(draft)).isEmpty();
    }

    @Test
    void whatAColleagueSaidElsewhereIsTheirsAndNobodySendsIt() {
        var there = new Elsewhere("lisi");
        var draft = draft(there);
        var picture = new Content.Image(Media.onPlatform("PICTURE", null));
        var said =
                new InboundMessage(
                        LILEI,
                        "m:1",
                        "1",
                        new Event.AnsweredElsewhere("lisi", picture),
                        null,
                        NOW,
                        NOW,
                        "{}");

        draft.add(said, null, Turn.silent(there), NOW);

        assertThat(lines(draft))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.direction()).isEqualTo("out");
                            assertThat(line.author()).isEqualTo(Author.colleague("lisi"));
                            assertThat(line.content()).isEqualTo(picture);
                            assertThat(line.dedupeKey()).isEqualTo("m:1");
                        });
        var rows = rows(draft);
        assertThat(rows.deliveries).isEmpty();
        assertThat(rows.withFiles).containsExactly(lines(draft).getFirst().id());
        assertThat(rows.states.getFirst().answered()).isTrue();
    }

    @Test
    void whoLeftBeforeTheyAskedForAPersonWaitsOn() {
        var waiting = new Waiting(WaitReason.ASKED, false);
        var draft = draft(waiting);
        draft.add(from(new Content.Text("在吗"), NOW), null, Turn.silent(waiting), NOW);

        draft.addOvertaken(from(new Event.Unfollowed(), NOW.minusSeconds(120)));

        assertThat(draft.state()).isEqualTo(waiting);
        assertThat(lines(draft)).hasSize(2);
        var rows = rows(draft);
        assertThat(rows.states.getFirst().state()).isEqualTo("waiting");
        assertThat(rows.changes).isEmpty();
        assertThat(rows.leavings).isEmpty();
    }

    @Test
    void whatIsOvertakenByTheEndOfAConversationBeginsNoOther() {
        var draft = new Draft(new Party(ids.next(), LILEI, false, null), sayable, ids);

        draft.addOvertaken(from(new Event.Followed(null, null), NOW));

        assertThat(draft.following()).isFalse();
        var rows = rows(draft);
        assertThat(rows.states).singleElement().returns("closed", CommitRows.StateRow::state);
        assertThat(rows.deliveries).isEmpty();
        assertThat(rows.openings).isEmpty();
        assertThat(rows.followings).isEmpty();
    }

    @Test
    void inTheSameSecondTheOrderOfTheJournalHolds() {
        var draft = draft(WithBot.FRESH);
        draft.add(from(new Event.Followed(null, null), NOW), null, Turn.silent(WithBot.FRESH), NOW);

        assertThat(draft.didAfter(NOW, Event.Followed.class::isInstance)).isFalse();
        assertThat(draft.didAfter(NOW.minusSeconds(1), Event.Followed.class::isInstance)).isTrue();
        assertThat(draft.didAfter(NOW.minusSeconds(1), Event.Unfollowed.class::isInstance))
                .isFalse();
    }

    private static InboundMessage from(Content content, Instant sentAt) {
        return new InboundMessage(LILEI, "m:" + sentAt, null, content, null, sentAt, NOW, "{}");
    }

    private Draft draft(Conversation now) {
        return new Draft(
                new Party(ids.next(), LILEI, true, new Open(ids.next(), now)), sayable, ids);
    }

    private static Turn turn(Change change) {
        return new Turn(change.to(), List.of(), List.of(change));
    }

    private static List<Line> lines(Draft draft) {
        return draft.episodes().getFirst().lines;
    }

    private CommitRows rows(Draft draft) {
        var settings =
                new ConversationSettings(
                        2,
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        Duration.ofHours(48),
                        Duration.ofHours(24),
                        Map.of(),
                        Locale.CHINA);
        var rows = new CommitRows(ids, new Preview(words(), Locale.CHINA), settings);
        rows.add(draft, Map.of(), NOW);
        return rows;
    }

    private static Content.Native told(Handing handing) {
        return new Content.Native("session", Map.of("becomes", handing.name()));
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }

    /** Has our people in its own client. */
    private static final class Sessions implements Channel {

        @Override
        public String name() {
            return "sessions";
        }

        @Override
        public Collection<ChannelAccount> accounts() {
            return List.of(
                    new ChannelAccount(
                            "demo",
                            true,
                            null,
                            List.of(),
                            Map.of(),
                            Capabilities.words(TextLimit.bytes(2048)).build()));
        }

        @Override
        public Optional<Content.Native> told(String account, Handing handing) {
            return Optional.of(DraftTest.told(handing));
        }

        @Override
        public Mono<CallbackResponse> handshake(Callback callback) {
            return Mono.empty();
        }

        @Override
        public Mono<Reading> read(Callback callback) {
            return Mono.empty();
        }

        @Override
        public Route route(Content content) {
            return new Route("send", true);
        }

        @Override
        public Mono<Accepted> deliver(OutboundMessage message) {
            return Mono.just(new Accepted(""));
        }
    }
}
