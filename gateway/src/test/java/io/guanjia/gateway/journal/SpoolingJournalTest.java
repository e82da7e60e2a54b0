package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

class SpoolingJournalTest {

    @TempDir Path folder;

    private final FakeBroker broker = new FakeBroker();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatTheBrokerDoesNotTakeIsKeptAndGivenToItLater() throws IOException {
        broker.away = true;
        try (var journal = start(1 << 20)) {

            say(journal, "first");
            say(journal, "second");
            assertThat(broker.kept).isEmpty();
            assertThat(meters.get("guanjia.journal.spooling").gauge().value()).isEqualTo(1);

            broker.away = false;
            awaitDrained();
            assertThat(broker.said()).containsExactly("first", "second");

            say(journal, "third");
            assertThat(broker.said()).containsExactly("first", "second", "third");
        }
    }

    @Test
    void nobodysSecondMessageOvertakesTheirFirstHoweverTheBrokerFails() throws IOException {
        try (var journal = start(64 << 20)) {
            var customers = new Customers(journal, 40);
            try (customers) {
                for (var i = 0; i < 8; i++) {
                    broker.takesOnlyPart = true;
                    awaitMore(customers);
                    broker.takesOnlyPart = false;
                    awaitMore(customers);
                }
            }
            awaitDrained();

            customers.findTheirsIn(broker.kept);
        }
    }

    private static void awaitMore(Customers customers) {
        var enough = customers.acknowledged() + 200;
        await().until(() -> customers.acknowledged() > enough);
    }

    @Test
    void onePersonsMessagesInOneCallbackStayInOrderWhenOnlyTheLastArrives() throws IOException {
        try (var journal = start(1 << 20)) {
            broker.keepsOnlyTheLast = true;
            journal.append(
                            List.of(
                                    Customers.record("Lily", "first"),
                                    Customers.record("Lucy", "for company"),
                                    Customers.record("Lily", "second")))
                    .block();
            broker.keepsOnlyTheLast = false;
            awaitDrained();

            assertThat(broker.said())
                    .contains("for company")
                    .containsSubsequence("first", "second");
            assertThat(broker.said()).containsOnlyOnce("second");
        }
    }

    @Test
    void theBrokerIsProbedWithOneRecordWhileItIsAway() throws IOException {
        broker.away = true;
        try (var journal = start(1 << 20)) {
            for (var i = 0; i < 20; i++) {
                say(journal, "number " + i);
            }
            broker.offered.clear();

            await().until(() -> broker.offered.size() >= 2);

            assertThat(broker.offered).containsOnly(1);
        }
    }

    @Test
    void aRecordThatNobodyCanReadIsPassedOnAndStopsNothing() throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            spool.append(List.of(new Entry("who", "not json".getBytes(UTF_8)).toBytes()));
        }
        try (var journal = start(1 << 20)) {
            say(journal, "next");

            awaitDrained();
            assertThat(broker.kept.getFirst().key()).isEqualTo("who");
            assertThat(new String(broker.kept.getFirst().value(), UTF_8)).isEqualTo("not json");
            assertThat(broker.kept).hasSize(2);
        }
    }

    @Test
    void aRecordThatTheBrokerWillNeverTakeIsSetAsideAndStopsNothing() throws IOException {
        broker.largest = 300;
        var large = "x".repeat(400);
        try (var journal = start(1 << 20)) {
            say(journal, "first");
            var many = new ArrayList<JournalRecord>();
            for (var i = 0; i < 40; i++) {
                many.add(Customers.record("Lucy " + i, i == 30 ? large : "number " + i));
            }
            journal.append(many).block(Duration.ofSeconds(5));
            say(journal, "last");

            awaitDrained();
            assertThat(broker.said()).contains("first", "number 0", "number 39", "last");
            assertThat(broker.said()).doesNotContain(large);
            assertThat(meters.get("guanjia.journal.spool.refused").gauge().value()).isEqualTo(1);
        }

        assertThat(broker.offered).as("all at once, and then each alone").hasSizeLessThan(55);
        broker.largest = Integer.MAX_VALUE;
        Files.move(
                folder.resolve("0000000000000000.refused"),
                folder.resolve("0000000000000000.spool"));
        try (var _ = start(1 << 20)) {
            await().until(() -> broker.said().contains(large));
        }
    }

    @Test
    void thousandsWhoWriteAtOnceDoNotWaitForTheDiskOneAfterTheOther() throws IOException {
        broker.away = true;
        try (var journal = start(64 << 20)) {
            var many = 3_000;

            Flux.range(0, many)
                    .flatMap(i -> journal.append(List.of(Customers.record("nr " + i, "hi"))), many)
                    .blockLast(Duration.ofSeconds(20));

            broker.away = false;
            awaitDrained();
            assertThat(broker.kept).extracting(Entry::key).doesNotHaveDuplicates().hasSize(many);
        }
    }

    @Test
    void aFullSpoolTellsThePlatformToTryAgain() throws IOException {
        broker.away = true;
        try (var journal = start(2_000)) {
            var longWords = "x".repeat(400);
            say(journal, longWords);

            assertThatThrownBy(() -> say(journal, longWords))
                    .isInstanceOf(JournalUnavailable.class);
            say(journal, "short");
        }
    }

    private SpoolingJournal start(long limit) throws IOException {
        var journal =
                new SpoolingJournal(
                        broker,
                        Customers.CODEC,
                        Spool.open(folder, limit),
                        Duration.ofSeconds(5),
                        meters);
        journal.start();
        return journal;
    }

    private static void say(Journal journal, String words) {
        journal.append(List.of(Customers.record("Lily", words))).block(Duration.ofSeconds(5));
    }

    private void awaitDrained() {
        await().until(() -> meters.get("guanjia.journal.spool.bytes").gauge().value() == 0);
    }

    /** Fails in the ways that Kafka does: not at all, or after any part of the list was kept. */
    private static final class FakeBroker implements Broker {

        private final List<Entry> kept = new CopyOnWriteArrayList<>();
        private final List<Integer> offered = new CopyOnWriteArrayList<>();
        private final Random random = new Random(7);
        private volatile int largest = Integer.MAX_VALUE;
        private volatile boolean away;
        private volatile boolean takesOnlyPart;
        private volatile boolean keepsOnlyTheLast;

        @Override
        public synchronized Mono<Void> append(List<Entry> entries) {
            return Mono.defer(() -> take(entries));
        }

        private synchronized Mono<Void> take(List<Entry> entries) {
            offered.add(entries.size());
            if (away) {
                return Mono.error(new JournalUnavailable("away", null));
            }
            if (entries.stream().anyMatch(entry -> entry.value().length > largest)) {
                return Mono.error(new EntryTooLarge(new IllegalArgumentException("too large")));
            }
            if (keepsOnlyTheLast) {
                kept.add(entries.getLast());
                return Mono.error(new JournalUnavailable("nothing else", null));
            }
            if (!takesOnlyPart) {
                kept.addAll(entries);
                return Mono.empty();
            }
            var some = new ArrayList<>(entries);
            some.removeIf(entry -> random.nextInt(3) == 0);
            kept.addAll(some);
            return some.size() == entries.size()
                    ? Mono.empty()
                    : Mono.error(new JournalUnavailable("some of it", null));
        }

        private List<String> said() {
            return kept.stream().map(Customers::said).toList();
        }
    }
}
