package io.guanjia.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

class TogetherTest {

    private final List<List<Integer>> statements = new CopyOnWriteArrayList<>();

    private Mono<List<Integer>> doubled(List<Integer> questions) {
        statements.add(List.copyOf(questions));
        return Mono.just(questions.stream().map(each -> 2 * each).toList());
    }

    @Test
    void whoAsksAloneIsAnsweredAtOnce() {
        var together = new Together<>(10, this::doubled);

        assertThat(together.ask(1).block()).isEqualTo(2);
        assertThat(together.ask(2).block()).isEqualTo(4);
        assertThat(statements).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whatIsAskedMeanwhileGoesTogetherUpToALimit() {
        var gate = Sinks.<Boolean>one();
        var together = new Together<Integer, Integer>(3, each -> gate.asMono().then(doubled(each)));
        var answers = Collections.synchronizedList(new ArrayList<Integer>());
        for (var number : List.of(1, 2, 3, 4, 5, 6)) {
            together.ask(number).subscribe(answers::add);
        }
        assertThat(answers).isEmpty();

        gate.tryEmitValue(true);

        assertThat(answers).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(statements).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
    }

    @Test
    void nobodyIsForgottenWhenManyAskAtOnce() {
        var together = new Together<>(16, this::doubled);

        var sum =
                Flux.range(0, 20_000)
                        .parallel(4)
                        .runOn(Schedulers.parallel())
                        .flatMap(together::ask)
                        .sequential()
                        .count();

        assertThat(sum.block()).isEqualTo(20_000);
    }

    @Test
    void whatIsWrongWithOneQuestionHurtsNoOther() {
        var gate = Sinks.<Boolean>one();
        var together =
                new Together<Integer, Integer>(
                        10,
                        each ->
                                gate.asMono()
                                        .then(
                                                each.contains(3)
                                                        ? Mono.error(wrong())
                                                        : doubled(each)));
        var answers = Collections.synchronizedList(new ArrayList<Integer>());
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        for (var number : List.of(1, 2, 3, 4)) {
            together.ask(number).subscribe(answers::add, failures::add);
        }

        gate.tryEmitValue(true);

        assertThat(answers).containsExactly(2, 4, 8);
        assertThat(failures).hasSize(1);
    }

    @Test
    void anOutageFailsAllAndTheNextOneIsAskedAgain() {
        var away = new AtomicBoolean(true);
        var together =
                new Together<Integer, Integer>(
                        10,
                        each ->
                                away.get()
                                        ? Mono.error(new TransientDataAccessResourceException("x"))
                                        : doubled(each));

        assertThat(together.ask(1).onErrorReturn(-1).block()).isEqualTo(-1);
        away.set(false);
        assertThat(together.ask(1).block()).isEqualTo(2);
    }

    private static Throwable wrong() {
        return new DataIntegrityViolationException("wrong");
    }
}
