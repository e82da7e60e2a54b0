package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.bot.BotAnswer.Answered;
import io.guanjia.gateway.bot.BotAnswer.OutOfDepth;
import io.guanjia.gateway.bot.BotAnswer.Unsure;
import io.guanjia.gateway.bot.BotAnswer.WantsPerson;
import io.guanjia.gateway.bot.BotAnswer.WantsPerson.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** With the knowledge and the model that are shipped. */
class KnowledgeBotTest {

    private static final Bot BOT = Samples.bot();
    private static final List<Suggestion> OFFERED =
            List.of(
                    new Suggestion("bill-view", "怎么查信用卡账单"),
                    new Suggestion("repay-how", "怎么还信用卡"),
                    new Suggestion("card-annual-fee", "信用卡年费怎么收"));

    @Test
    void answersAQuestionItKnowsWordForWord() {
        assertThat(ask("您好，请问這個月要還多少錢？"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> {
                            assertThat(answer.entryId()).isEqualTo("bill-view");
                            assertThat(answer.text()).startsWith("登录手机银行");
                            assertThat(answer.confidence()).isEqualTo(1);
                        });
    }

    @Test
    void answersAQuestionItHasNeverSeen() {
        assertThat(ask("每年的年费怎么可以不用交"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> {
                            assertThat(answer.entryId()).isEqualTo("card-annual-fee");
                            assertThat(answer.confidence()).isBetween(0.9, 1.0);
                        });
    }

    @Test
    void asksBackWithThreeSuggestionsWhenUnsure() {
        assertThat(ask("信用卡的钱"))
                .isInstanceOfSatisfying(
                        Unsure.class,
                        answer -> {
                            assertThat(answer.prompt()).contains("猜您想问");
                            assertThat(answer.suggestions()).hasSize(3).doesNotHaveDuplicates();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"怎么做红烧肉", "谁赢了世界杯", "", "  ", "？？？", "😀😀", "\uD83D"})
    void saysSoWhenItIsOutOfItsDepth(String text) {
        assertThat(ask(text))
                .isInstanceOfSatisfying(
                        OutOfDepth.class, answer -> assertThat(answer.prompt()).contains("人工"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, bill-view",
        "２, repay-how",
        "第二个, repay-how",
        "一, bill-view",
        "③, card-annual-fee",
        "选3, card-annual-fee",
        "我要第一个, bill-view",
        "2号吧, repay-how",
        "最后一个, card-annual-fee",
        "the second one, repay-how",
        "No. 3, card-annual-fee",
        "1。, bill-view",
        "信用卡年費怎麼收, card-annual-fee"
    })
    void takesAPickAmongWhatItOffered(String text, String entryId) {
        assertThat(ask(text, OFFERED, "zh-CN"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> {
                            assertThat(answer.entryId()).isEqualTo(entryId);
                            assertThat(answer.confidence()).isEqualTo(1);
                        });
    }

    @Test
    void seesNoPickInANumberThatWasNotOffered() {
        assertThat(ask("4", OFFERED, "zh-CN")).isNotInstanceOf(Answered.class);
        assertThat(ask("1")).isNotInstanceOf(Answered.class);
    }

    @Test
    void forgetsAnOfferWhoseEntryIsGone() {
        var gone = List.of(new Suggestion("gone", "怎么查信用卡账单"));

        assertThat(ask("怎么查信用卡账单", gone, "zh-CN"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> assertThat(answer.entryId()).isEqualTo("bill-view"));
    }

    @Test
    void admitsDefeatWhenNoSuggestionFits() {
        assertThat(ask("都不是", OFFERED, "zh-CN")).isInstanceOf(OutOfDepth.class);
    }

    @Test
    void leavesToAPersonWhatABotMustNotAnswer() {
        assertThat(ask("转人工")).isEqualTo(new WantsPerson(Reason.ASKED));
        assertThat(ask("我要投诉")).isEqualTo(new WantsPerson(Reason.COMPLAINT));
        assertThat(ask("我的卡丢了怎么办")).isEqualTo(new WantsPerson(Reason.LOSS_OR_FRAUD));
        assertThat(ask("转人工", OFFERED, "zh-CN")).isEqualTo(new WantsPerson(Reason.ASKED));
    }

    @Test
    void speaksEnglishToThoseWhoDo() {
        assertThat(ask("where is my statement?", List.of(), "en-GB"))
                .isInstanceOfSatisfying(
                        Answered.class, answer -> assertThat(answer.text()).startsWith("Open"));
        assertThat(ask("none of these", OFFERED, "en"))
                .isInstanceOfSatisfying(
                        OutOfDepth.class, answer -> assertThat(answer.prompt()).contains("agent"));
    }

    @Test
    void neverAnswersByItselfWhatMayBeTheBusinessOfOthers() {
        assertThat(ask("招商银行的信用卡怎么激活")).isNotInstanceOf(Answered.class);
    }

    @Test
    void offersNoSmallTalk() {
        assertThat(ask("你好我的卡那个怎么"))
                .isInstanceOfSatisfying(
                        Unsure.class,
                        answer ->
                                assertThat(answer.suggestions())
                                        .extracting(Suggestion::id)
                                        .doesNotContain("greeting", "thanks", "ok"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 100_000})
    void survivesALongText(int length) {
        assertThat(ask("我想问信用卡".repeat(length / 6))).isNotNull();
    }

    @Test
    void completesOnItsOwnThreads() {
        var thread =
                BOT.answer(new Question("怎么查账单", List.of(), "zh-CN"))
                        .map(_ -> Thread.currentThread().getName())
                        .block();

        assertThat(thread).startsWith("bot");
    }

    @Test
    void callsAPersonEvenWhileTheModelLoadsAndLetsOtherQuestionsWait() {
        var loading = new CountDownLatch(1);
        try (var live =
                new LiveKnowledge(
                        new KnowledgeFolder(Samples.KNOWLEDGE),
                        () -> {
                            try {
                                loading.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return BgeEncoder.shared();
                        },
                        Samples.VECTORS,
                        Duration.ofHours(1),
                        Clock.systemUTC())) {
            live.start();
            var bot =
                    new KnowledgeBot(
                            live, Samples.SETTINGS.judgement(), Schedulers.newSingle("bot", true));

            StepVerifier.create(bot.answer(new Question("转人工", List.of(), "zh-CN")))
                    .expectNext(new WantsPerson(Reason.ASKED))
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
            StepVerifier.create(bot.answer(new Question("年费怎么收", List.of(), "zh-CN")))
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(50))
                    .then(loading::countDown)
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(Duration.ofSeconds(60));
        }
    }

    private static BotAnswer ask(String text) {
        return ask(text, List.of(), "zh-CN");
    }

    private static BotAnswer ask(String text, List<Suggestion> offered, String locale) {
        return Objects.requireNonNull(BOT.answer(new Question(text, offered, locale)).block());
    }
}
