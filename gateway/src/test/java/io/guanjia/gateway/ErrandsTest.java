package io.guanjia.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ErrandsTest {

    private static final int EACH = 3;

    /** Longer than a test waits. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Map<String, Deque<String>> due = new ConcurrentSkipListMap<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<Throwable> complaints = new CopyOnWriteArrayList<>();
    private final Map<String, Mono<Void>> ends = new ConcurrentHashMap<>();
    private Disposable working = Disposables.disposed();

    @AfterEach
    void stop() {
        working.dispose();
    }

    @Test
    void aBacklogIsSeenToWithoutAPauseInBetween() {
        wait("a", 50);

        working = errands().work().subscribe();

        await().until(() -> begun.size() == 50);
    }

    @Test
    void anAccountThatDoesNotComeToAnEndHoldsUpNoOther() {
        wait("a", 10);
        wait("b", 10);
        IntStream.range(0, 10).forEach(i -> ends.put("a" + i, Mono.never()));

        working = errands().work().subscribe();

        await().until(() -> of("b").size() == 10);
        assertThat(of("a")).hasSize(EACH);
    }

    @Test
    void anAccountWhoseQueueCannotBeReadHoldsUpNoOther() {
        wait("a", 2);
        wait("b", 2);
        wait("broken", 1);

        errands().round().block(PAUSE);

        assertThat(begun).containsExactlyInAnyOrder("a0", "a1", "b0", "b1");
        assertThat(complaints).hasSize(1);
    }

    @Test
    void whatFailsIsComplainedOfAndGivesItsPlaceBack() {
        wait("a", 20);
        IntStream.range(0, 20)
                .forEach(i -> ends.put("a" + i, Mono.error(new IllegalStateException("it broke"))));

        working = errands().work().subscribe();

        await().until(() -> complaints.size() == 20);
    }

    @Test
    void aFailureWhileItIsBegunEndsNothing() {
        wait("a", 2);
        var errands =
                new Errands<>(
                        EACH,
                        PAUSE,
                        new Waiting(),
                        errand -> {
                            if (errand.equals("a0")) {
                                throw new IllegalStateException("it broke");
                            }
                            return seeTo(errand);
                        },
                        complaints::add);

        errands.round().block(PAUSE);

        assertThat(begun).containsExactly("a1");
        assertThat(complaints).hasSize(1);
    }

    private Errands<String, String> errands() {
        return new Errands<>(EACH, PAUSE, new Waiting(), this::seeTo, complaints::add);
    }

    private Mono<Void> seeTo(String errand) {
        begun.add(errand);
        return ends.getOrDefault(errand, Mono.empty());
    }

    private void wait(String account, int number) {
        due.put(
                account,
                IntStream.range(0, number)
                        .mapToObj(i -> account + i)
                        .collect(ArrayDeque::new, Deque::add, Deque::addAll));
    }

    private Deque<String> waiting(String account) {
        return Objects.requireNonNull(due.get(account));
    }

    private List<String> of(String account) {
        return begun.stream().filter(errand -> errand.startsWith(account)).toList();
    }

    private final class Waiting implements Errands.Queue<String, String> {

        @Override
        public Flux<String> accounts() {
            return Flux.defer(() -> Flux.fromIterable(List.copyOf(due.keySet())));
        }

        @Override
        public Flux<String> lease(String account, int most) {
            return account.equals("broken")
                    ? Flux.error(new IllegalStateException("not to be read"))
                    : Flux.fromStream(
                            () ->
                                    Stream.generate(() -> waiting(account).poll())
                                            .limit(most)
                                            .takeWhile(errand -> errand != null));
        }
    }
}
