package io.guanjia.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checker that cannot fail proves nothing. */
class CheckerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    private static final List<Offer> OFFERS =
            List.of(acknowledged("1", "一"), acknowledged("2", "二"), givenUp("3", "三"));

    @Test
    void findsNothingWrongWhereNothingIs() {
        var ledger = check(List.of("1", "2", "3"), List.of("一", "二", "三"));

        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.offered()).isEqualTo(3);
        assertThat(ledger.acked()).isEqualTo(2);
        assertThat(ledger.httpTries()).isEqualTo(5);
        assertThat(ledger.effects()).isEqualTo(3);
        assertThat(ledger.answers()).isEqualTo(3);
        assertThat(ledger.durableButUnacked()).isEqualTo(1);
        assertThat(ledger.worstAck()).isEqualTo(Duration.ofMillis(80));
    }

    @Test
    void findsAnAcknowledgedMessageThatIsLost() {
        assertThat(check(List.of("1"), List.of("一")).problems())
                .containsExactly("1 acknowledged but lost");
    }

    @Test
    void findsAnAcknowledgedMessageWhoseAnswerIsLost() {
        assertThat(check(List.of("1", "2"), List.of("一")).problems())
                .containsExactly("1 acknowledged but lost");
    }

    @Test
    void doesNotBlameAMessageThatWasNeverAcknowledged() {
        assertThat(check(List.of("1", "2"), List.of("一", "二")).problems()).isEmpty();
    }

    @Test
    void findsAMessageThatIsKeptTwice() {
        assertThat(check(List.of("1", "2", "1"), List.of("一", "二")).problems())
                .containsExactly("1 duplicate effects");
    }

    @Test
    void findsAnAnswerThatIsSeenTwice() {
        assertThat(check(List.of("1", "2"), List.of("一", "二", "二", "二")).problems())
                .containsExactly("2 duplicate effects");
    }

    @Test
    void findsMessagesThatAreKeptInAnotherOrder() {
        assertThat(check(List.of("2", "1"), List.of("一", "二")).problems())
                .containsExactly("1 conversations out of order");
    }

    @Test
    void findsAnswersThatAreSeenInAnotherOrder() {
        assertThat(check(List.of("1", "2"), List.of("二", "一")).problems())
                .containsExactly("1 conversations out of order");
    }

    @Test
    void keepsAnAnswerOfUnknownFateApart() {
        var ledger =
                Checker.check(
                        new Observation(
                                OFFERS,
                                Map.of("李雷", List.of("1", "2")),
                                Map.of("李雷", List.of("一")),
                                Map.of("李雷", Set.of("二")),
                                Map.of(),
                                0));

        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.ambiguous()).isEqualTo(1);
    }

    @Test
    void findsWordsOfAnAgentThatAreLostOrSeenTwice() {
        var said = Map.of("李雷", List.of("您好，我是小王", "请稍等"));
        var ledger =
                Checker.check(
                        new Observation(
                                OFFERS,
                                Map.of("李雷", List.of("1", "2")),
                                Map.of("李雷", List.of("一", "二", "请稍等", "请稍等")),
                                Map.of(),
                                said,
                                0));

        assertThat(ledger.problems())
                .containsExactly("1 acknowledged but lost", "1 duplicate effects");
    }

    @Test
    void findsAConversationThatTwoAgentsHave() {
        var ledger =
                Checker.check(
                        new Observation(
                                OFFERS,
                                Map.of("李雷", List.of("1", "2")),
                                Map.of("李雷", List.of("一", "二")),
                                Map.of(),
                                Map.of(),
                                1));

        assertThat(ledger.problems()).containsExactly("1 double assignments");
    }

    @Test
    void findsATrialThatTriedNothing() {
        var ledger =
                Checker.check(
                        new Observation(List.of(), Map.of(), Map.of(), Map.of(), Map.of(), 0));

        assertThat(ledger.clean()).isFalse();
    }

    private static Ledger check(List<String> kept, List<String> seen) {
        return Checker.check(
                new Observation(
                        OFFERS, Map.of("李雷", kept), Map.of("李雷", seen), Map.of(), Map.of(), 0));
    }

    private static Offer acknowledged(String msgId, String answer) {
        return new Offer("李雷", msgId, NOON, 1, "", Duration.ofMillis(80), answer);
    }

    private static Offer givenUp(String msgId, String answer) {
        return new Offer("李雷", msgId, NOON, 3, "", null, answer);
    }
}
