package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.cmpp.ArrivedParts.Arrived;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.UserDataHeader.Part;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.contract.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Two nodes against a real PostgreSQL. */
class ArrivedPartsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final PartDatabase database = PartDatabase.SHARED.empty();
    private final TestClock clock = new TestClock(Instant.parse("2026-03-02T08:31:00Z"));
    private final ArrivedParts one = database.parts(clock);
    private final ArrivedParts other = database.parts(clock);

    @Test
    void isWholeWhenAllPartsAreThereWhereverTheyCame() {
        assertThat(add(one, 11, 1, 3, 2)).isNull();
        assertThat(add(other, 11, 1, 3, 2)).as("the same once more").isNull();
        assertThat(add(other, 12, 1, 3, 3)).isNull();

        var whole = Objects.requireNonNull(add(one, 10, 1, 3, 1));

        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.parts().values())
                .extracting(Deliver::msgId)
                .containsExactly(10L, 11L, 12L);
        assertThat(whole.parts().get(1))
                .usingRecursiveComparison()
                .isEqualTo(deliver(10, "13900001111"));
    }

    @Test
    void knowsAPartThatComesAgainAfterItsMessageWasWhole() {
        add(one, 10, 1, 2, 1);
        var whole = Objects.requireNonNull(add(one, 11, 1, 2, 2));
        assertThat(add(other, 11, 1, 2, 2)).isNull();
        one.kept(whole).block(Bank.PATIENCE);
        assertThat(add(other, 10, 1, 2, 1)).isNull();

        clock.advance(PATIENCE);
        assertThat(due(other)).isEmpty();
        clock.advance(ArrivedParts.MEMORY.minus(PATIENCE));
        other.forget().block(Bank.PATIENCE);
        assertThat(database.count("true")).isZero();
    }

    @Test
    void keepsNoWordsOfWhatIsInTheJournal() {
        add(one, 10, 1, 2, 1);
        one.kept(Objects.requireNonNull(add(one, 11, 1, 2, 2))).block(Bank.PATIENCE);

        assertThat(database.count("raw is not null")).isZero();
        assertThat(database.count("state = 'kept'")).isEqualTo(2);
    }

    @Test
    void letsGoOfAMessageWhoseNumbersBeginAnew() {
        add(one, 10, 7, 2, 1);
        assertThat(add(other, 20, 7, 2, 1)).isNull();
        var whole = Objects.requireNonNull(add(one, 21, 7, 2, 2));
        var broken = due(other);

        assertThat(whole.parts().values()).extracting(Deliver::msgId).containsExactly(20L, 21L);
        assertThat(broken).hasSize(1);
        assertThat(broken.getFirst().parts().values())
                .extracting(Deliver::msgId)
                .containsExactly(10L);
    }

    @Test
    void takesPartsOfAGatewayThatNumbersNothing() {
        assertThat(add(one, 0, 1, 2, 1)).isNull();
        assertThat(add(other, 0, 1, 2, 1)).as("the same once more").isNull();
        assertThat(add(one, 0, 1, 2, 2)).isNotNull();
        assertThat(add(one, 0, 1, 2, 1)).as("the next with that reference").isNull();
        assertThat(add(other, 0, 1, 2, 2)).isNotNull();
    }

    @Test
    void waitsOnlySoLongAndThenOneOfThemPassesItOn() {
        add(one, 10, 1, 2, 1);
        clock.advance(PATIENCE.dividedBy(2));
        add(other, 20, 2, 2, 1);
        assertThat(due(one)).isEmpty();

        clock.advance(PATIENCE.dividedBy(2));
        var both =
                Mono.zip(one.due(), other.due(), (a, b) -> a.size() + b.size())
                        .block(Bank.PATIENCE);

        assertThat(both).isEqualTo(1);
        assertThat(add(one, 11, 1, 2, 2)).as("too late for the one that is gone").isNull();
    }

    @Test
    void takesUpWhatADeadNodeDidNotBringToTheJournal() {
        add(one, 10, 1, 2, 1);
        var whole = Objects.requireNonNull(add(one, 11, 1, 2, 2));
        assertThat(due(other)).isEmpty();

        clock.advance(ArrivedParts.LEASE);

        assertThat(due(other)).usingRecursiveComparison().isEqualTo(List.of(whole));
        assertThat(due(one)).isEmpty();
    }

    @Test
    void makesEachMessageWholeOnceWhateverComesAtOnce() {
        int messages = 60;
        int total = 5;
        var arrivals = new ArrayList<Arrived>();
        for (int message = 0; message < messages; message++) {
            for (int number = 1; number <= total; number++) {
                var arrived =
                        new Arrived(
                                "main",
                                Version.V3_0,
                                deliver(100 * message + number, "1390000" + message % 3),
                                new Part(message, total, number));
                // As when a carrier gets no answer and repeats it over another node's line.
                arrivals.add(arrived);
                arrivals.add(arrived);
            }
        }
        Collections.shuffle(arrivals, new Random(7));

        var whole =
                Flux.range(0, arrivals.size())
                        .flatMap(
                                i ->
                                        (i % 2 == 0 ? one : other)
                                                .add(arrivals.get(i), Duration.ofHours(1)),
                                8)
                        .collectList()
                        .block(Bank.PATIENCE);

        assertThat(whole)
                .hasSize(messages)
                .allMatch(LongMessage::isWhole)
                .extracting(message -> message.parts().firstEntry().getValue().msgId())
                .doesNotHaveDuplicates();
        assertThat(database.count("state = 'growing'")).isZero();
    }

    private static List<LongMessage> due(ArrivedParts node) {
        return Objects.requireNonNull(node.due().block(Bank.PATIENCE));
    }

    private static @Nullable LongMessage add(
            ArrivedParts node, long id, int reference, int total, int number) {
        return node.add(
                        new Arrived(
                                "main",
                                Version.V3_0,
                                deliver(id, "13900001111"),
                                new Part(reference, total, number)),
                        PATIENCE)
                .block(Bank.PATIENCE);
    }

    private static Deliver deliver(long id, String phone) {
        return new Deliver(
                1, id, "1069012345", "", new UserData(0, 1, 8, new byte[] {0}), phone, 0, 0, "");
    }
}
