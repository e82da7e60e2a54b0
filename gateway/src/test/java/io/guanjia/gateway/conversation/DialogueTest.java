package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.bot.BotAnswer;
import io.guanjia.gateway.bot.BotAnswer.WantsPerson.Reason;
import io.guanjia.gateway.bot.Suggestion;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.handoff.Desk;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

class DialogueTest {

    private static final Desk OPEN =
            new Desk(
                    true,
                    true,
                    EnumSet.allOf(DayOfWeek.class),
                    LocalTime.of(9, 0),
                    LocalTime.of(21, 0));
    private static final Desk NOBODY =
            new Desk(
                    false,
                    false,
                    EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                    LocalTime.of(9, 0),
                    LocalTime.MIDNIGHT);
    private static final WithBot FRESH = WithBot.FRESH;
    private static final BotAnswer CLUELESS = new BotAnswer.OutOfDepth("这个问题我还不会");

    private final Dialogue dialogue =
            new Dialogue(
                    2, new Phrases(messages(), Locale.CHINA), new MenuWords(Map.of("BILL", "查账单")));

    @Test
    void theBotAnswersWhatItIsSureOf() {
        var turn =
                dialogue.after(
                        FRESH, text("怎么查账单"), new BotAnswer.Answered("bill", "在首页点账单", 0.9), OPEN);

        assertThat(turn.next()).isEqualTo(FRESH);
        assertThat(said(turn)).containsExactly("在首页点账单");
        assertThat(turn.changes()).isEmpty();
    }

    @Test
    void whoeverFearsForTheirMoneyReadsFirstWhatToDoAtOnce() {
        var lost = new BotAnswer.WantsPerson(Reason.LOSS_OR_FRAUD);

        for (var desk : List.of(OPEN, NOBODY)) {
            assertThat(said(dialogue.after(FRESH, text("卡丢了"), lost, desk)))
                    .singleElement()
                    .asString()
                    .startsWith("请立即拨打卡背面的客服热线，或在手机银行冻结卡片");
        }
    }

    @Test
    void tellsAClosedDeskFromOneThatEverybodyHasLeft() {
        var away = new Desk(false, true, NOBODY.days(), NOBODY.opens(), NOBODY.closes());
        var asked = new BotAnswer.WantsPerson(Reason.ASKED);

        assertThat(said(dialogue.after(FRESH, text("人工"), asked, NOBODY)))
                .containsExactly("现在不在服务时间，服务时间为周一、周五 09:00–24:00。您的问题已记录，客服上线后会尽快在这里回复您。");
        assertThat(said(dialogue.after(FRESH, text("人工"), asked, away)))
                .containsExactly("客服暂时都不在，您的问题已记录，回来后会尽快在这里回复您。服务时间为周一、周五 09:00–24:00。");
    }

    @Test
    void aDeskThatIsOpenAllDaySaysSoInWords() {
        var away =
                new Desk(
                        false,
                        true,
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.MIDNIGHT,
                        LocalTime.MIDNIGHT);

        assertThat(
                        said(
                                dialogue.after(
                                        FRESH,
                                        text("人工"),
                                        new BotAnswer.WantsPerson(Reason.ASKED),
                                        away)))
                .containsExactly("客服刚好都走开了，您的问题已记录，回来后会尽快在这里回复您。服务时间为每天 24 小时。");
    }

    @Test
    void callsAPersonWhenTheBotMissesTwice() {
        var first = dialogue.after(FRESH, text("那个啥"), CLUELESS, OPEN);
        assertThat(first.next()).isEqualTo(new WithBot(1, List.of()));

        var second = dialogue.after(first.next(), text("就是那个"), CLUELESS, OPEN);
        assertThat(second.next()).isEqualTo(new Waiting(WaitReason.BOT_FAILED, false));
        assertThat(said(second)).singleElement().asString().contains("正在为您转接人工客服");
        assertThat(second.changes())
                .singleElement()
                .extracting(Turn.Change::reason)
                .isEqualTo("bot-failed");
    }

    @Test
    void anAnswerInBetweenForgivesTheMiss() {
        var missed = new WithBot(1, List.of());

        var turn =
                dialogue.after(
                        missed, text("怎么查账单"), new BotAnswer.Answered("bill", "在首页点账单", 0.9), OPEN);

        assertThat(turn.next()).isEqualTo(FRESH);
    }

    @Test
    void asksBackWithSuggestionsAndRemembersThem() {
        var offered =
                List.of(
                        new Suggestion("a", "查账单"),
                        new Suggestion("b", "查额度"),
                        new Suggestion("c", "查积分"));

        var turn = dialogue.after(FRESH, text("查"), new BotAnswer.Unsure("您想问的是：", offered), OPEN);

        assertThat(turn.next()).isEqualTo(new WithBot(1, offered));
        assertThat(turn.says().getFirst().content())
                .isInstanceOfSatisfying(
                        Content.Suggestions.class,
                        said ->
                                assertThat(said.options())
                                        .extracting(Content.Option::label)
                                        .containsExactly("查账单", "查额度", "查积分"));
    }

    @Test
    void aNumberChoosesAlsoFromMoreThanAMenuHasRoomFor() {
        var eleven =
                IntStream.rangeClosed(1, 11)
                        .mapToObj(i -> new Suggestion("q" + i, "问题" + (char) ('A' + i - 1)))
                        .toList();

        assertThat(dialogue.question(new WithBot(1, eleven), text("11"))).contains("问题K");
        assertThat(dialogue.question(new WithBot(1, eleven), text("１０。"))).contains("问题J");
        assertThat(dialogue.question(new WithBot(1, eleven), text("12"))).contains("12");
        assertThat(dialogue.question(new WithBot(1, eleven), text("110"))).contains("110");
    }

    @Test
    void aNumberChoosesOneOfTheSuggestionsWhereAChannelHasNoMenus() {
        var offered =
                new WithBot(
                        1,
                        List.of(new Suggestion("repay", "怎么还款"), new Suggestion("limit", "怎么提额")));

        assertThat(dialogue.question(offered, text("２。"))).contains("怎么提额");
        assertThat(dialogue.question(offered, text(" 1 "))).contains("怎么还款");
        assertThat(dialogue.question(offered, text("3"))).contains("3");
        assertThat(dialogue.question(offered, text("12"))).contains("12");
        assertThat(dialogue.question(FRESH, text("2"))).contains("2");
    }

    @Test
    void whoAsksForAPersonGetsIntoTheQueue() {
        var turn =
                dialogue.after(FRESH, text("转人工"), new BotAnswer.WantsPerson(Reason.ASKED), OPEN);

        assertThat(turn.next()).isEqualTo(new Waiting(WaitReason.ASKED, false));
        assertThat(turn.changes().getFirst().by()).isEqualTo(Author.CUSTOMER);
    }

    @Test
    void whenNobodyIsThereTheCustomerLearnsTheHoursAndStaysInTheQueue() {
        var turn =
                dialogue.after(FRESH, text("转人工"), new BotAnswer.WantsPerson(Reason.ASKED), NOBODY);

        assertThat(turn.next()).isEqualTo(new Waiting(WaitReason.ASKED, true));
        assertThat(said(turn)).singleElement().asString().contains("周一、周五 09:00–24:00");

        var again = dialogue.after(turn.next(), text("在吗"), null, NOBODY);
        assertThat(again.says()).as("told once").isEmpty();
    }

    @Test
    void whoStillWaitsAtClosingTimeIsTold() {
        var turn = dialogue.after(new Waiting(WaitReason.ASKED, false), text("还要多久"), null, NOBODY);

        assertThat(turn.next()).isEqualTo(new Waiting(WaitReason.ASKED, true));
        assertThat(said(turn)).hasSize(1);
    }

    @Test
    void theBotKeepsQuietWhileAPersonIsInCharge() {
        var withAgent = new WithAgent("xiaoli");

        assertThat(dialogue.question(withAgent, text("怎么查账单"))).isEmpty();
        assertThat(dialogue.after(withAgent, text("怎么查账单"), null, OPEN))
                .isEqualTo(Turn.silent(withAgent));
    }

    @Test
    void theBotKeepsQuietWhileAMemberServesTheCustomerElsewhere() {
        for (var before :
                List.of(
                        FRESH,
                        new Waiting(WaitReason.ASKED, false),
                        new WithAgent("xiaoli"),
                        new Elsewhere("zhangsan"))) {
            var taken = dialogue.after(before, taken("lisi"), null, OPEN);

            assertThat(taken.says()).isEmpty();
            assertThat(taken.next()).isEqualTo(new Elsewhere("lisi"));
            assertThat(taken.changes())
                    .containsExactly(
                            new Turn.Change(
                                    before,
                                    new Elsewhere("lisi"),
                                    Author.colleague("lisi"),
                                    "taken-elsewhere"));
        }

        var now = new Elsewhere("lisi");
        assertThat(dialogue.question(now, text("怎么查账单"))).isEmpty();
        for (var content : List.of(text("怎么查账单"), answered("lisi"), taken("lisi"))) {
            assertThat(dialogue.after(now, content, null, NOBODY)).isEqualTo(Turn.silent(now));
        }
    }

    /** Not every way in which a member comes to have a customer is told. */
    @Test
    void whoeverIsAnsweredByAMemberIsServedByThem() {
        assertThat(dialogue.after(FRESH, answered("lisi"), null, OPEN).next())
                .isEqualTo(new Elsewhere("lisi"));
    }

    @Test
    void theBotIsBackWithoutAWordOnceTheMemberIsDone() {
        var turn = dialogue.after(new Elsewhere("lisi"), left("lisi"), null, OPEN);

        assertThat(turn.next()).isEqualTo(FRESH);
        assertThat(turn.says()).isEmpty();
        assertThat(turn.changes())
                .containsExactly(
                        new Turn.Change(
                                new Elsewhere("lisi"),
                                FRESH,
                                Author.colleague("lisi"),
                                "left-elsewhere"));
        var ours = new WithAgent("xiaoli");
        assertThat(dialogue.after(ours, left("lisi"), null, OPEN)).isEqualTo(Turn.silent(ours));
    }

    @Test
    void whoComesAgainAfterAMembersSessionIsWelcomedByTheBot() {
        var entered = new Event.Entered("enter_session", Map.of("scene", "website"));

        var turn = dialogue.after(new Elsewhere("lisi"), entered, null, OPEN);

        assertThat(turn.next()).isEqualTo(FRESH);
        assertThat(said(turn)).hasSize(1);
        assertThat(turn.changes()).hasSize(1);
    }

    @Test
    void whoeverOptsOutIsToldSoByTheBotAndItIsOnRecordWhoeverHasThem() {
        var asking = new WithBot(1, List.of(new Suggestion("bill", "查账单")));

        var turn = dialogue.optedOut(asking);

        assertThat(turn.next()).isEqualTo(asking);
        assertThat(said(turn)).singleElement().asString().contains("退订").contains("已登记");
        for (var now :
                List.of(
                        new Waiting(WaitReason.ASKED, false),
                        new WithAgent("xiaoli"),
                        new Elsewhere("lisi"))) {
            assertThat(dialogue.optedOut(now))
                    .isEqualTo(
                            new Turn(
                                    now,
                                    List.of(),
                                    List.of(
                                            new Turn.Change(
                                                    now, now, Author.CUSTOMER, "opted-out"))));
        }
    }

    @Test
    void theBotIsBackAfterAPersonHandsBackAndTheCustomerIsToldOnce() {
        var turn = dialogue.handedBack(new WithAgent("xiaoli"), "xiaoli");

        assertThat(turn.next()).isEqualTo(FRESH);
        assertThat(said(turn)).hasSize(1);
        assertThat(dialogue.question(turn.next(), text("怎么查账单"))).contains("怎么查账单");
    }

    @Test
    void whatNobodyCanReadGoesToAPersonAtOnce() {
        var turn = dialogue.after(FRESH, new Content.Unreadable("<xml/>"), null, OPEN);

        assertThat(turn.next()).isEqualTo(new Waiting(WaitReason.UNREADABLE, false));
    }

    @Test
    void aPictureIsAskedAboutInWordsFirst() {
        var picture = new Content.Image(Media.onPlatform("m1", null));

        var first = dialogue.after(FRESH, picture, null, OPEN);
        assertThat(said(first)).singleElement().asString().contains("只能看懂文字");

        var second = dialogue.after(first.next(), picture, null, OPEN);
        assertThat(second.next()).isInstanceOf(Waiting.class);
    }

    @Test
    void aVoiceNoteThatThePlatformUnderstoodIsAsGoodAsWords() {
        var voice = new Content.Voice(Media.onPlatform("m1", null), "怎么查账单", "amr");

        assertThat(dialogue.question(FRESH, voice)).contains("怎么查账单");
    }

    @Test
    void aMenuEntryWithWordsIsAsGoodAsSayingThem() {
        assertThat(dialogue.question(FRESH, new Event.MenuTapped("click", "BILL", Map.of())))
                .contains("查账单");
        assertThat(dialogue.question(FRESH, new Event.MenuTapped("view", "BILL", Map.of())))
                .isEmpty();
    }

    @Test
    void newFollowersAreWelcomedAndLeaversLeaveTheQueue() {
        assertThat(said(dialogue.after(FRESH, new Event.Followed("shop-7", "t"), null, OPEN)))
                .hasSize(1);
        var entered = new Event.Entered("enter_session", Map.of("scene", "website"));
        assertThat(said(dialogue.after(FRESH, entered, null, OPEN))).hasSize(1);

        var left =
                dialogue.after(
                        new Waiting(WaitReason.ASKED, false), new Event.Unfollowed(), null, OPEN);
        assertThat(left.next()).isEqualTo(new Closed());
        assertThat(left.says()).isEmpty();
    }

    /** Nobody here would read what they reply. */
    @Test
    void whoeverAddsOneOfOurPeopleIsNotAskedToReplyToTheBot() {
        var added = new Event.Introduced("change_external_contact", Map.of("State", "branch-7"));

        assertThat(said(dialogue.after(FRESH, added, null, OPEN)))
                .singleElement()
                .satisfies(words -> assertThat(words).startsWith("您好").doesNotContain("人工", "回复"));
    }

    @Test
    void aBrokenBotCallsAPerson() {
        assertThat(dialogue.withoutBot(FRESH, OPEN).next())
                .isEqualTo(new Waiting(WaitReason.BOT_FAILED, false));
    }

    private static Content taken(String member) {
        return new Event.TakenElsewhere(member, "session_status_change", Map.of("change_type", 1));
    }

    private static Content answered(String member) {
        return new Event.AnsweredElsewhere(member, new Content.Text("我来处理"));
    }

    private static Content left(String member) {
        return new Event.LeftElsewhere(member, "session_status_change", Map.of("change_type", 3));
    }

    @Test
    void theOneMessageThatIsAllowedIsLeftToAPersonsAnswer() {
        var asked = new BotAnswer.WantsPerson(Reason.ASKED);
        for (var desk : List.of(OPEN, NOBODY)) {
            var turn = dialogue.after(FRESH, text("转人工"), asked, desk).sparingTheAnswer();

            assertThat(said(turn)).isEmpty();
            // Who writes again, when more may be said, is still to be told.
            assertThat(turn.next()).isEqualTo(new Waiting(WaitReason.ASKED, false));
            assertThat(turn.changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.to()).isEqualTo(turn.next()));
        }
        var late = dialogue.after(new Waiting(WaitReason.ASKED, false), text("在吗"), null, NOBODY);
        assertThat(said(late)).isNotEmpty();
        assertThat(late.sparingTheAnswer())
                .isEqualTo(Turn.silent(new Waiting(WaitReason.ASKED, false)));
    }

    @Test
    void theBotsAnswerAndWhatCannotWaitUseTheOneMessageThatIsAllowed() {
        var answer = new BotAnswer.Answered("bill", "在首页点账单", 0.9);
        var lost = new BotAnswer.WantsPerson(Reason.LOSS_OR_FRAUD);

        for (var sure : List.of(answer, CLUELESS, lost)) {
            var turn = dialogue.after(FRESH, text("卡丢了"), sure, NOBODY);
            assertThat(said(turn)).hasSize(1);
            assertThat(turn.sparingTheAnswer()).isEqualTo(turn);
        }
    }

    private static Content text(String body) {
        return new Content.Text(body);
    }

    private static List<String> said(Turn turn) {
        return turn.says().stream()
                .map(saying -> ((Content.Text) saying.content()).body())
                .toList();
    }

    private static ResourceBundleMessageSource messages() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("customer");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
