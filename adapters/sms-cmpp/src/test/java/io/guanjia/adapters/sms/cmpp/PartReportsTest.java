package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.cmpp.PartReports.Verdict;
import io.guanjia.gateway.message.Receipt.Outcome;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

class PartReportsTest {

    private static final String PHONE = "13900001111";

    private final PartReports reports = new PartReports(SharedParts.NONE);

    @Test
    void letsAReportOnAMessageOfOnePartSpeakForItself() {
        assertThat(take(reports, 5, Outcome.DELIVERED))
                .isEqualTo(new Verdict("0000000000000005", Outcome.DELIVERED));
    }

    @Test
    void isDeliveredWhenAllPartsAre() {
        sent("m", 1, 2, 3);

        assertThat(take(reports, 2, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
        assertThat(take(reports, 3, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
        assertThat(take(reports, 3, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
        assertThat(take(reports, 1, Outcome.DELIVERED))
                .isEqualTo(new Verdict("m", Outcome.DELIVERED));
        assertThat(take(reports, 1, Outcome.DELIVERED))
                .as("once more")
                .isEqualTo(new Verdict("m", Outcome.DELIVERED));
    }

    @Test
    void hasFailedWhenOnePartHas() {
        sent("m", 1, 2);

        assertThat(take(reports, 1, Outcome.FAILED)).isEqualTo(new Verdict("m", Outcome.FAILED));
        assertThat(take(reports, 2, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
    }

    @Test
    void holdsReportsForAPhoneWhileItsMessageIsOnTheWay() {
        var again = new ArrayList<String>();
        var expected = reports.expect(PHONE);

        assertThat(reports.holds(1, PHONE, () -> again.add("1"))).isTrue();
        assertThat(reports.holds(9, "13900002222", () -> again.add("9"))).isFalse();
        expected.are("m", List.of(1L, 2L)).block();
        assertThat(reports.holds(2, PHONE, () -> again.add("2"))).as("known by now").isFalse();
        assertThat(again).isEmpty();
        expected.close();

        assertThat(again).containsExactly("1");
        assertThat(reports.holds(7, PHONE, () -> {})).isFalse();
    }

    @Test
    void foldsReportsThatReachOtherNodes() {
        var memory = new MemoryParts();
        var sender = new PartReports(memory);
        var other = new PartReports(memory);
        var expected = sender.expect(PHONE);
        expected.are("m", List.of(1L, 2L, 3L)).block();
        expected.close();

        assertThat(take(sender, 1, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
        assertThat(take(other, 3, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
        assertThat(take(other, 2, Outcome.DELIVERED))
                .isEqualTo(new Verdict("m", Outcome.DELIVERED));
        assertThat(take(other, 2, Outcome.FAILED)).isEqualTo(new Verdict("m", Outcome.FAILED));
    }

    @Test
    void doesWithoutTheOtherNodesMemory() {
        var memory = new MemoryParts();
        memory.away = true;
        var sender = new PartReports(memory);
        var expected = sender.expect(PHONE);
        expected.are("m", List.of(1L, 2L)).block();
        expected.close();

        assertThat(take(sender, 1, Outcome.DELIVERED)).isEqualTo(new Verdict("m", null));
        assertThat(take(sender, 2, Outcome.DELIVERED))
                .isEqualTo(new Verdict("m", Outcome.DELIVERED));
        assertThat(take(new PartReports(memory), 2, Outcome.DELIVERED))
                .isEqualTo(new Verdict("0000000000000002", Outcome.DELIVERED));
    }

    /** What Redis does, without Redis. */
    private static final class MemoryParts implements SharedParts {

        private final Map<Long, Known> parts = new HashMap<>();
        private final Map<String, Set<Long>> arrived = new HashMap<>();
        private boolean away;

        @Override
        public Mono<Void> remember(String message, List<Long> all) {
            return when(
                    () -> {
                        all.forEach(part -> parts.put(part, new Known(message, all.size())));
                        return Mono.empty();
                    });
        }

        @Override
        public Mono<Known> find(long part) {
            return when(() -> Mono.justOrEmpty(parts.get(part)));
        }

        @Override
        public Mono<Boolean> delivered(Known message, long part) {
            return when(
                    () -> {
                        var all = arrived.computeIfAbsent(message.message(), _ -> new HashSet<>());
                        all.add(part);
                        return Mono.just(all.size() >= message.total());
                    });
        }

        private <T> Mono<T> when(Supplier<Mono<T>> work) {
            return away ? Mono.error(new IllegalStateException("away")) : Mono.defer(work);
        }
    }

    private static Verdict take(PartReports by, long part, Outcome outcome) {
        return Objects.requireNonNull(by.take(part, outcome).block());
    }

    private void sent(String name, int... parts) {
        var expected = reports.expect(PHONE);
        expected.are(name, Arrays.stream(parts).mapToObj(Long::valueOf).toList()).block();
        expected.close();
    }
}
