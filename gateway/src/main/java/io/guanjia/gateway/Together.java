package io.guanjia.gateway;

import org.springframework.dao.NonTransientDataAccessException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Puts many questions to the database in few statements. One statement is under way at a time, and
 * what is asked meanwhile goes with the next: where it is quiet nobody waits, and where it is not,
 * a statement serves many.
 *
 * <p>A statement that fails fails for all who are in it. Where that is the fault of what was asked,
 * each is asked again alone, so that nobody suffers for another.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Together<Q, A> {

    private final Function<List<Q>, Mono<List<A>>> statement;
    private final int most;
    private final Queue<Asked<Q, A>> waiting = new ConcurrentLinkedQueue<>();

    /** All that have no answer yet. Whoever raises it from zero begins to ask. */
    private final AtomicInteger unanswered = new AtomicInteger();

    /**
     * @param most in one statement
     * @param statement emits as many answers as there are questions, in their order
     */
    public Together(int most, Function<List<Q>, Mono<List<A>>> statement) {
        this.most = most;
        this.statement = statement;
    }

    private record Asked<Q, A>(Q question, MonoSink<A> sink) {}

    /** The answer. Once asked, a question is put, whoever still waits for the answer. */
    public Mono<A> ask(Q question) {
        return Mono.create(
                sink -> {
                    waiting.add(new Asked<>(question, sink));
                    if (unanswered.getAndIncrement() == 0) {
                        // A chain of its own: it serves others after this one.
                        rounds().subscribe();
                    }
                });
    }

    private Flux<Integer> rounds() {
        // By what is left after its own round: looking again later, it could go on beside the one
        // that was begun meanwhile.
        return Mono.defer(() -> round(next())).repeat().takeUntil(left -> left <= 0);
    }

    private List<Asked<Q, A>> next() {
        var batch = new ArrayList<Asked<Q, A>>();
        while (batch.size() < most) {
            var next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private Mono<Integer> round(List<Asked<Q, A>> batch) {
        return put(batch).then(Mono.fromSupplier(() -> unanswered.addAndGet(-batch.size())));
    }

    private Mono<Void> put(List<Asked<Q, A>> batch) {
        return Mono.defer(() -> statement.apply(batch.stream().map(Asked::question).toList()))
                .map(answers -> answered(batch, answers))
                .onErrorResume(
                        failure ->
                                failure instanceof NonTransientDataAccessException
                                                && batch.size() > 1
                                        ? Flux.fromIterable(batch)
                                                .concatMap(one -> put(List.of(one)))
                                                .then(Mono.empty())
                                        : Mono.fromRunnable(() -> failed(batch, failure)))
                .then();
    }

    private static <Q, A> int answered(List<Asked<Q, A>> batch, List<A> answers) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).sink().success(answers.get(i));
        }
        return answers.size();
    }

    private static <Q, A> void failed(List<Asked<Q, A>> batch, Throwable failure) {
        batch.forEach(one -> one.sink().error(failure));
    }
}
