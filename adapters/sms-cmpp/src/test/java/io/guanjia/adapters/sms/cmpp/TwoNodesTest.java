package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Segments;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.contract.TestClock;
import io.guanjia.gateway.message.Content;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Long messages whose parts a carrier spreads over the lines of two nodes of the gateway. */
class TwoNodesTest {

    private static final String PHONE = "13900001111";
    private static final String LONG = "我想问一下，上个月的账单为什么多了一笔年费？请尽快回复，谢谢！".repeat(5);

    /** A message that is not whole does not wait for long. */
    private static final Map<String, String> SOON =
            Map.of("response-timeout", "1s", "assemble-within", "1500ms");

    @Test
    void makeOneMessageOfPartsThatReachBoth() {
        try (var bank = Bank.open(Map.of());
                var other = bank.node(bank.intake)) {
            bank.awaitLines(2);
            var said =
                    IntStream.range(0, 40)
                            .mapToObj(
                                    i -> bank.carrier.phone("139%08d".formatted(i)).says(LONG + i))
                            .toList();
            said.forEach(one -> assertThat(one.join()).isEqualTo("acknowledged"));

            assertThat(other.isRunning()).isTrue();
            assertThat(words(bank.intake))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 40).mapToObj(i -> LONG + i).toList());
        }
    }

    @Test
    void goOnWithWhatADeadNodeHadAcknowledged() {
        try (var bank = Bank.open(Map.of())) {
            var parts = parts();
            bank.awaitLines(1);
            assertThat(deliver(bank, parts, 1).join()).isEqualTo("acknowledged");
            assertThat(deliver(bank, parts, 3).join()).isEqualTo("acknowledged");
            bank.channel.close();
            bank.awaitLinesGone();

            try (var other = bank.node(bank.intake)) {
                assertThat(deliver(bank, parts, 2).join()).isEqualTo("acknowledged");
                assertThat(other.isRunning()).isTrue();
            }

            assertThat(words(bank.intake)).containsExactly(LONG);
        }
    }

    /** It had stored all parts, and its journal took nothing. */
    @Test
    void bringToTheJournalWhatADeadNodeMadeWhole() {
        var clock = new TestClock(Instant.parse("2026-03-02T08:31:00Z"));
        try (var bank = Bank.open(clock, SOON)) {
            bank.awaitLines(1);
            bank.intake.close();
            var parts = parts();
            var last =
                    IntStream.rangeClosed(1, parts.size())
                            .mapToObj(number -> deliver(bank, parts, number))
                            .toList()
                            .getLast();
            bank.intake.await(all -> all.refused() > 0);
            assertThat(last).isNotDone();
            bank.channel.close();
            bank.awaitLinesGone();

            var journal = new MemoryIntake();
            try (var other = bank.node(journal)) {
                assertThat(last.join()).as("stored by the first").isEqualTo("acknowledged");
                assertThat(journal.messages()).isEmpty();
                clock.advance(ArrivedParts.LEASE);
                journal.await(all -> !all.messages().isEmpty());
                Bank.await(() -> bank.database.count("state = 'kept'") == parts.size());
                assertThat(other.isRunning()).isTrue();
            }

            assertThat(words(journal)).containsExactly(LONG);
            assertThat(journal.arrivals()).isEqualTo(1);
        }
    }

    @Test
    void passOnOnceWhatNeverBecomesWhole() {
        try (var bank = Bank.open(SOON);
                var other = bank.node(bank.intake)) {
            bank.awaitLines(2);
            var parts = parts();
            assertThat(deliver(bank, parts, 1).join()).isEqualTo("acknowledged");
            assertThat(deliver(bank, parts, 3).join()).isEqualTo("acknowledged");
            bank.intake.await(all -> !all.messages().isEmpty());
            Bank.await(() -> bank.database.count("state = 'kept'") == 2);

            assertThat(deliver(bank, parts, 1).join()).as("again").isEqualTo("acknowledged");

            assertThat(bank.database.count("true")).isEqualTo(2);
            assertThat(bank.intake.arrivals()).isEqualTo(1);
            assertThat(words(bank.intake).getFirst()).contains("[…]");
            assertThat(other.isRunning()).isTrue();
        }
    }

    @Test
    void knowAPartThatComesAgainWhenItsMessageIsLongInTheJournal() {
        try (var bank = Bank.open(Map.of());
                var other = bank.node(bank.intake)) {
            bank.awaitLines(2);
            var parts = parts();
            IntStream.rangeClosed(1, parts.size())
                    .mapToObj(number -> deliver(bank, parts, number))
                    .toList()
                    .forEach(CompletableFuture::join);
            Bank.await(() -> bank.database.count("state = 'kept'") == parts.size());

            for (int number = 1; number <= parts.size(); number++) {
                assertThat(deliver(bank, parts, number).join()).isEqualTo("acknowledged");
            }

            assertThat(bank.database.count("true")).isEqualTo(parts.size());
            assertThat(bank.intake.arrivals()).isEqualTo(1);
            assertThat(other.isRunning()).isTrue();
        }
    }

    @Test
    void needNoDatabaseForAMessageThatCameWhole() {
        try (var bank = Bank.open(Map.of())) {
            bank.awaitLines(1);
            bank.database.down();
            var parts = bank.carrier.phone("13900002222").says(LONG);

            assertThat(bank.carrier.phone(PHONE).says("查询余额").join()).isEqualTo("acknowledged");
            assertThat(parts).isNotDone();

            bank.database.up();
            assertThat(parts.join()).isEqualTo("acknowledged");
            assertThat(words(bank.intake)).containsExactly("查询余额", LONG);
        }
    }

    private static List<UserData> parts() {
        return new Segments(MsgFmt.UCS2, false).of(LONG, 54);
    }

    /** Always with the same id. */
    private static CompletableFuture<String> deliver(Bank bank, List<UserData> parts, int number) {
        return bank.carrier.deliver(
                new Pdu.Deliver(
                        0,
                        MsgId.of(Instant.parse("2026-03-02T08:31:00Z"), 777, number),
                        "1069012345",
                        "BANK01",
                        parts.get(number - 1),
                        "86" + PHONE,
                        0,
                        0,
                        ""));
    }

    private static List<String> words(MemoryIntake intake) {
        return intake.messages().stream()
                .map(message -> ((Content.Text) message.content()).body())
                .toList();
    }
}
