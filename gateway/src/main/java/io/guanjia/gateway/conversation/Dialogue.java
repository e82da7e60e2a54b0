package io.guanjia.gateway.conversation;

import io.guanjia.gateway.bot.BotAnswer;
import io.guanjia.gateway.bot.Suggestion;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.conversation.Turn.Change;
import io.guanjia.gateway.conversation.Turn.Saying;
import io.guanjia.gateway.handoff.Desk;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides what comes next in a conversation. Pure: the same input gives the same turn, and nothing
 * is sent or stored.
 */
final class Dialogue {

    private static final Pattern NUMBER = Pattern.compile("([1-9][0-9]?)[.。、]?");

    /** So many misses of the bot in a row call a person. */
    private final int patience;

    private final Phrases phrases;
    private final MenuWords menu;

    Dialogue(int patience, Phrases phrases, MenuWords menu) {
        this.patience = patience;
        this.phrases = phrases;
        this.menu = menu;
    }

    /** What the bot should be asked before {@link #after}; empty when it has no say. */
    Optional<String> question(Conversation conversation, Content content) {
        return conversation instanceof WithBot bot
                ? numbered(bot, content).or(() -> words(content))
                : Optional.empty();
    }

    /** A channel without menus numbers what the bot suggests, so the number is an answer too. */
    private static Optional<String> numbered(WithBot bot, Content content) {
        if (!(content instanceof Content.Text(var body)) || bot.offered().isEmpty()) {
            return Optional.empty();
        }
        var digits = NUMBER.matcher(Normalizer.normalize(body, Normalizer.Form.NFKC).strip());
        if (!digits.matches()) {
            return Optional.empty();
        }
        var place = Integer.parseInt(digits.group(1)) - 1;
        return place < 0 || place >= bot.offered().size()
                ? Optional.empty()
                : Optional.of(bot.offered().get(place).label());
    }

    /** What the customer says, as far as it is words. */
    private Optional<String> words(Content content) {
        return switch (content) {
            case Content.Text text -> Optional.of(text.body());
            case Content.Choice choice -> Optional.of(choice.label());
            case Content.Voice voice ->
                    Optional.ofNullable(voice.recognition()).filter(heard -> !heard.isBlank());
            case Event.MenuTapped tapped -> menu.words(tapped);
            default -> Optional.empty();
        };
    }

    /**
     * The turn after the customer's message or event.
     *
     * @param answer the bot's, when {@link #question} asked for one; null otherwise
     * @param desk whether there is anybody to hand over to
     */
    Turn after(Conversation conversation, Content content, @Nullable BotAnswer answer, Desk desk) {
        if (content instanceof Event.Elsewhere news) {
            return elsewhere(conversation, news);
        }
        return switch (conversation) {
            case WithBot withBot -> withBot(withBot, content, answer, desk);
            case Waiting waiting -> waiting(waiting, content, desk);
            case Elsewhere elsewhere -> whileElsewhere(elsewhere, content);
            case WithAgent _, Closed _ -> Turn.silent(conversation);
        };
    }

    /**
     * The customer refuses further messages. That is on record for whoever would send some, and the
     * bot does not guess at what was meant. Whom a person has or is called for is told nothing: to
     * them it may have been an answer.
     */
    Turn optedOut(Conversation now) {
        return new Turn(
                now,
                now instanceof WithBot
                        ? List.of(new Saying(Author.SYSTEM, phrases.optedOut()))
                        : List.of(),
                List.of(new Change(now, now, Author.CUSTOMER, "opted-out")));
    }

    private Turn withBot(WithBot now, Content content, @Nullable BotAnswer answer, Desk desk) {
        if (answer != null) {
            return answered(now, answer, desk);
        }
        return switch (content) {
            case Event.Followed _, Event.Scanned _, Event.Entered _ ->
                    say(WithBot.FRESH, phrases.welcome());
            case Event.Introduced _ -> say(WithBot.FRESH, phrases.introduction());
            case Event.Unfollowed _ -> ended(now);
            case Event _ -> Turn.silent(now);
            case Content.Unreadable _ -> handOver(now, WaitReason.UNREADABLE, Author.SYSTEM, desk);
            case Content.Text _,
                    Content.Choice _,
                    Content.Image _,
                    Content.Voice _,
                    Content.Video _,
                    Content.File _,
                    Content.Location _,
                    Content.Link _,
                    Content.MiniProgram _,
                    Content.Suggestions _,
                    Content.Template _,
                    Content.Native _ ->
                    missed(now, List.of(), phrases.onlyWords(), desk);
        };
    }

    private Turn answered(WithBot now, BotAnswer answer, Desk desk) {
        return switch (answer) {
            case BotAnswer.Answered sure -> say(WithBot.FRESH, new Content.Text(sure.text()));
            case BotAnswer.Unsure unsure ->
                    missed(now, unsure.suggestions(), suggestions(unsure), desk);
            case BotAnswer.OutOfDepth out ->
                    missed(now, List.of(), new Content.Text(out.prompt()), desk);
            case BotAnswer.WantsPerson person ->
                    handOver(
                            now,
                            switch (person.reason()) {
                                case ASKED -> WaitReason.ASKED;
                                case COMPLAINT -> WaitReason.COMPLAINT;
                                case LOSS_OR_FRAUD -> WaitReason.LOSS_OR_FRAUD;
                            },
                            Author.CUSTOMER,
                            desk);
        };
    }

    /** The bot itself is out of order: whoever asks it gets a person. */
    Turn withoutBot(Conversation now, Desk desk) {
        return handOver(now, WaitReason.BOT_FAILED, Author.SYSTEM, desk);
    }

    private static Content suggestions(BotAnswer.Unsure unsure) {
        return new Content.Suggestions(
                unsure.prompt(),
                unsure.suggestions().stream()
                        .map(option -> new Content.Option(option.id(), option.label()))
                        .toList(),
                null);
    }

    /** The bot could not help. It says so once or twice; then a person is called. */
    private Turn missed(WithBot now, List<Suggestion> offered, Content instead, Desk desk) {
        return now.failures() + 1 < patience
                ? say(new WithBot(now.failures() + 1, offered), instead)
                : handOver(now, WaitReason.BOT_FAILED, Author.BOT, desk);
    }

    private Turn handOver(Conversation now, WaitReason reason, Author by, Desk desk) {
        var waiting = new Waiting(reason, !desk.open());
        return new Turn(
                waiting,
                List.of(new Saying(Author.SYSTEM, phrases.handover(reason, desk))),
                List.of(new Change(now, waiting, by, reason.word())));
    }

    private Turn waiting(Waiting now, Content content, Desk desk) {
        if (content instanceof Event.Unfollowed) {
            return ended(now);
        }
        // Closing time may come while a customer waits: whoever writes then is told, once.
        return content instanceof Event || desk.open() || now.toldUnavailable()
                ? Turn.silent(now)
                : new Turn(
                        new Waiting(now.reason(), true),
                        List.of(new Saying(Author.SYSTEM, phrases.handover(now.reason(), desk))),
                        List.of());
    }

    /**
     * Whom the platform lets speak is not for us to decide: a member has the customer from whoever
     * had them here until the member is done.
     */
    private static Turn elsewhere(Conversation now, Event.Elsewhere news) {
        var by = Author.colleague(news.member());
        return switch (news) {
            case Event.TakenElsewhere _, Event.AnsweredElsewhere _ -> {
                var next = new Elsewhere(news.member());
                yield now.equals(next)
                        ? Turn.silent(now)
                        : silently(now, next, by, "taken-elsewhere");
            }
            // The customer heard the end from the platform, and nothing can be said before they
            // write.
            case Event.LeftElsewhere _ ->
                    now instanceof Elsewhere
                            ? silently(now, WithBot.FRESH, by, "left-elsewhere")
                            : Turn.silent(now);
        };
    }

    /** Who may be greeted has begun anew, so the member's part is over. */
    private Turn whileElsewhere(Elsewhere now, Content content) {
        return switch (content) {
            case Event.Unfollowed _ -> ended(now);
            case Event.Entered _ ->
                    new Turn(
                            WithBot.FRESH,
                            List.of(new Saying(Author.BOT, phrases.welcome())),
                            List.of(new Change(now, WithBot.FRESH, Author.CUSTOMER, "came-again")));
            default -> Turn.silent(now);
        };
    }

    private static Turn silently(Conversation from, Conversation to, Author by, String reason) {
        return new Turn(to, List.of(), List.of(new Change(from, to, by, reason)));
    }

    /** The customer left the account: nothing can be said any more, so nobody needs to wait. */
    private static Turn ended(Conversation now) {
        var closed = new Closed();
        return new Turn(
                closed, List.of(), List.of(new Change(now, closed, Author.CUSTOMER, "unfollowed")));
    }

    private static Turn say(Conversation next, Content content) {
        return new Turn(next, List.of(new Saying(Author.BOT, content)), List.of());
    }

    /** A person takes the conversation. The customer notices when they write. */
    Turn taken(Conversation now, String username) {
        var next = new WithAgent(username);
        return new Turn(
                next, List.of(), List.of(new Change(now, next, Author.agent(username), "taken")));
    }

    /** A person gives it back to the bot, and the customer is told so in one sentence. */
    Turn handedBack(Conversation now, String username) {
        return new Turn(
                WithBot.FRESH,
                List.of(new Saying(Author.SYSTEM, phrases.handedBack())),
                List.of(new Change(now, WithBot.FRESH, Author.agent(username), "handed-back")));
    }

    /**
     * Who has it has gone, so somebody else is called. The customer waits for a person already, and
     * elsewhere nothing could be said to them.
     */
    Turn leftAlone(Conversation now, WaitReason why) {
        return silently(now, new Waiting(why, false), Author.SYSTEM, why.word());
    }

    /** A person ends it. */
    Turn closed(Conversation now, String username) {
        var next = new Closed();
        return new Turn(
                next, List.of(), List.of(new Change(now, next, Author.agent(username), "closed")));
    }
}
