package io.guanjia.adapters.sms.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What a line does whatever its protocol, on a clock that stands still. */
class SessionTest {

    private static final Timing TIMING =
            Timing.of(2, Duration.ofSeconds(60), 3, Duration.ofSeconds(180));

    private final List<String> heard = new ArrayList<>();
    private final List<Consumer<Word>> requests = new ArrayList<>();
    private final AtomicInteger sequences = new AtomicInteger();
    private final Session<Word> session =
            new Session<>(
                    new Words(),
                    TIMING,
                    sequences::incrementAndGet,
                    (request, answer) -> requests.add(answer),
                    new Session.Listener() {
                        @Override
                        public void up() {
                            heard.add("up");
                        }

                        @Override
                        public void refused(String reason) {
                            heard.add("refused: " + reason);
                        }

                        @Override
                        public void ended(String reason) {
                            heard.add("ended: " + reason);
                        }
                    });
    private final EmbeddedChannel line = new EmbeddedChannel(session);

    /** A protocol of words. */
    private record Word(String text, int sequence) {}

    private static final class Words implements Dialect<Word> {

        @Override
        public ChannelHandler codec() {
            return new ChannelInboundHandlerAdapter();
        }

        @Override
        public Class<Word> type() {
            return Word.class;
        }

        @Override
        public Login<Word> login() {
            return new Login<>() {
                @Override
                public Word question(int sequence) {
                    return new Word("login", sequence);
                }

                @Override
                public Verdict judge(Word answer) {
                    return answer.text().equals("welcome")
                            ? new Verdict.Welcome()
                            : new Verdict.Refused(answer.text());
                }
            };
        }

        @Override
        public int sequence(Word word) {
            return word.sequence();
        }

        @Override
        public Meaning meaning(Word word) {
            return switch (word.text()) {
                case "answer", "alive", "bye too" -> Meaning.ANSWER;
                case "news" -> Meaning.REQUEST;
                case "alive?" -> Meaning.ACTIVE_TEST;
                case "bye" -> Meaning.TERMINATE;
                default -> Meaning.NOISE;
            };
        }

        @Override
        public Word activeTest(int sequence) {
            return new Word("alive?", sequence);
        }

        @Override
        public Word terminate(int sequence) {
            return new Word("bye", sequence);
        }

        @Override
        public Word answer(Word question) {
            return new Word(
                    question.text().equals("bye") ? "bye too" : "alive", question.sequence());
        }
    }

    @BeforeEach
    void connect() {
        line.freezeTime();
        line.runPendingTasks();
    }

    @Test
    void logsInBeforeAnythingElse() {
        var early = ask("too early");
        assertThat(said()).containsExactly("login");

        hear("welcome", 1);

        assertThat(heard).containsExactly("up");
        assertThat(outcome(early)).isEqualTo(LineFailure.Kind.NOT_SENT);
    }

    @Test
    void endsWhereItIsRefused() {
        hear("no", 1);

        assertThat(heard).containsExactly("refused: no", "ended: login refused");
        assertThat(line.isOpen()).isFalse();
    }

    @Test
    void asksNoMoreThanTheWindowAllows() {
        logIn();
        var first = ask("first");
        var second = ask("second");
        var third = ask("third");
        assertThat(said()).containsExactly("first", "second");

        hear("answer", 3);

        assertThat(said()).containsExactly("third");
        assertThat(second).isCompletedWithValue(new Word("answer", 3));
        assertThat(first).isNotDone();
        assertThat(third).isNotDone();
    }

    @Test
    void countsAQuestionWithoutAnAnswerAsUnknown() {
        logIn();
        var asked = ask("question");
        pass(Duration.ofSeconds(30));
        hear("alive?", 77);

        pass(Duration.ofSeconds(31));

        assertThat(outcome(asked)).isEqualTo(LineFailure.Kind.NO_ANSWER);
        assertThat(line.isOpen()).as("the other end is still there").isTrue();
    }

    @Test
    void leavesAnEndThatFallsSilent() {
        logIn();
        var open = ask("question");
        var other = ask("another");
        var waiting = ask("waits");

        pass(Duration.ofSeconds(61));

        assertThat(heard).last().isEqualTo("ended: silent");
        assertThat(outcome(open)).isEqualTo(LineFailure.Kind.NO_ANSWER);
        assertThat(outcome(other)).isEqualTo(LineFailure.Kind.NO_ANSWER);
        assertThat(outcome(waiting)).isEqualTo(LineFailure.Kind.NOT_SENT);
    }

    @Test
    void testsAnIdleLineAndKeepsItWhenAnswered() {
        logIn();
        pass(Duration.ofSeconds(179));
        assertThat(said()).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(said()).containsExactly("alive?");
        hear("alive", 2);

        pass(Duration.ofSeconds(178));

        assertThat(said()).isEmpty();
        assertThat(line.isOpen()).isTrue();
    }

    @Test
    void givesUpAfterThreeTestsWithoutAnAnswer() {
        logIn();
        pass(Duration.ofSeconds(181));
        pass(Duration.ofSeconds(60));
        pass(Duration.ofSeconds(60));
        assertThat(said()).containsExactly("alive?", "alive?", "alive?");

        pass(Duration.ofSeconds(61));

        assertThat(heard).last().isEqualTo("ended: silent");
    }

    @Test
    void answersTestsAndGoodbyes() {
        logIn();
        hear("alive?", 70);
        hear("bye", 71);

        assertThat(said()).containsExactly("alive", "bye too");
        assertThat(heard).last().isEqualTo("ended: ended by the other end");
    }

    @Test
    void stopsReadingWhenTooMuchIsUnanswered() {
        logIn();
        for (int i = 0; i < 512; i++) {
            hear("news", i);
        }
        assertThat(line.config().isAutoRead()).isFalse();

        requests.subList(0, 256).forEach(answer -> answer.accept(new Word("thanks", 1)));
        line.runPendingTasks();

        assertThat(line.config().isAutoRead()).isTrue();
        assertThat(said()).hasSize(256);
    }

    @Test
    void leavesWhenEverythingIsAnswered() {
        logIn();
        var asked = ask("question");
        hear("news", 9);
        session.leave(Duration.ofSeconds(3));
        assertThat(outcome(ask("too late"))).isEqualTo(LineFailure.Kind.NOT_SENT);

        hear("answer", 2);
        assertThat(said()).containsExactly("question");
        requests.getFirst().accept(new Word("thanks", 9));
        line.runPendingTasks();

        assertThat(asked).isCompleted();
        assertThat(said()).containsExactly("thanks", "bye");
        hear("bye too", 3);
        assertThat(heard).last().isEqualTo("ended: closed");
    }

    @Test
    void leavesInTimeWhateverIsUnanswered() {
        logIn();
        var asked = ask("question");
        session.leave(Duration.ofSeconds(3));

        pass(Duration.ofSeconds(4));

        assertThat(said()).containsExactly("question", "bye");
        assertThat(line.isOpen()).isFalse();
        assertThat(outcome(asked)).isEqualTo(LineFailure.Kind.NO_ANSWER);
    }

    @Test
    void leavesAnEndThatTalksNonsense() {
        logIn();
        line.pipeline().fireExceptionCaught(new IllegalStateException("13900001111"));

        assertThat(heard).last().isEqualTo("ended: IllegalStateException");
    }

    private void logIn() {
        hear("welcome", 1);
        said();
    }

    private CompletableFuture<@Nullable Word> ask(String text) {
        CompletableFuture<@Nullable Word> answer =
                Mono.<Word>create(
                                sink ->
                                        session.ask(
                                                new Asked<>(
                                                        sequence -> new Word(text, sequence),
                                                        sink,
                                                        line.eventLoop().ticker().nanoTime())))
                        .toFuture();
        line.runPendingTasks();
        return answer;
    }

    private void hear(String text, int sequence) {
        line.writeInbound(new Word(text, sequence));
        line.runPendingTasks();
    }

    private void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 500) {
            line.advanceTimeBy(Math.min(500, left), TimeUnit.MILLISECONDS);
            line.runScheduledPendingTasks();
            line.runPendingTasks();
        }
    }

    private List<String> said() {
        var all = new ArrayList<String>();
        for (var word = line.<Word>readOutbound(); word != null; word = line.readOutbound()) {
            all.add(word.text());
        }
        return all;
    }

    private static LineFailure.@Nullable Kind outcome(CompletableFuture<@Nullable Word> asked) {
        assertThat(asked).isCompletedExceptionally();
        return asked.exceptionNow() instanceof LineFailure failure ? failure.kind() : null;
    }
}
