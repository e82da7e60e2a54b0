package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Message;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * Many customers writing at once, at a steady rate that does not depend on how fast they are
 * answered. Keeps counts, not messages.
 */
public final class Rush {

    private static final Duration TICK = Duration.ofMillis(10);

    /**
     * @param perSecond how many messages a second
     * @param total how many in all
     * @param customers how many customers take turns
     * @param words what they write; {@code {n}} becomes the message's number
     * @param atOnce how many callbacks may be under way; the rate drops when they all are
     */
    public record Plan(double perSecond, long total, int customers, String words, int atOnce) {

        public Plan {
            if (!(perSecond > 0) || total < 1 || customers < 1 || atOnce < 1) {
                throw new IllegalArgumentException("all numbers of a rush must be above 0");
            }
        }

        /** So many messages at that rate by a thousand customers. */
        public static Plan of(double perSecond, long total) {
            return new Plan(perSecond, total, 1_000, "第{n}条", 1_000);
        }
    }

    /**
     * How far it got.
     *
     * @param acknowledged callbacks the account's server took
     * @param failed callbacks it did not take
     * @param tries posts made
     */
    public record Progress(
            long started,
            long ended,
            long acknowledged,
            long failed,
            long tries,
            Duration slowestTry,
            boolean over) {}

    private final WechatAccount account;
    private final Plan plan;
    private final List<Customer> customers;
    private final AtomicLong due = new AtomicLong();
    private final LongAdder started = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder tries = new LongAdder();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final CompletableFuture<Progress> end = new CompletableFuture<>();
    private volatile boolean stopped;

    Rush(WechatAccount account, Plan plan) {
        this.account = account;
        this.plan = plan;
        this.customers =
                LongStream.rangeClosed(1, plan.customers())
                        .mapToObj(n -> account.extra("客户%05d".formatted(n)))
                        .toList();
    }

    Rush begin() {
        long begunNanos = System.nanoTime();
        account.run(
                Flux.interval(TICK)
                        .onBackpressureDrop()
                        .concatMapIterable(tick -> due(begunNanos), 1)
                        .takeWhile(number -> !stopped)
                        .take(plan.total())
                        .flatMap(this::write, plan.atOnce())
                        .then(Mono.fromRunnable(() -> end.complete(progress(true)))));
        return this;
    }

    /** The numbers of the messages that have become due since this was asked last. */
    private Iterable<Long> due(long begunNanos) {
        double seconds = (System.nanoTime() - begunNanos) / 1e9;
        long target = Math.min(plan.total(), (long) (seconds * plan.perSecond()) + 1);
        long before = due.getAndSet(target);
        return () -> LongStream.rangeClosed(before + 1, target).iterator();
    }

    private Mono<CallbackOutcome> write(long number) {
        started.increment();
        var customer = customers.get((int) (number % customers.size()));
        var words = plan.words().replace("{n}", Long.toString(number));
        return Mono.fromFuture(() -> customer.starts(new Message.Text(words)))
                .doOnNext(this::count);
    }

    private void count(CallbackOutcome outcome) {
        (outcome.acknowledged() ? acknowledged : failed).increment();
        tries.add(outcome.tries().size());
        for (var attempt : outcome.tries()) {
            slowestNanos.accumulateAndGet(attempt.latency().toNanos(), Math::max);
        }
    }

    /** How far it is. */
    public Progress progress() {
        return progress(end.isDone());
    }

    private Progress progress(boolean over) {
        return new Progress(
                started.sum(),
                acknowledged.sum() + failed.sum(),
                acknowledged.sum(),
                failed.sum(),
                tries.sum(),
                Duration.ofNanos(slowestNanos.get()),
                over);
    }

    /** Completes when all callbacks have ended. */
    public CompletableFuture<Progress> end() {
        return end;
    }

    /** Starts no more messages. */
    public void stop() {
        stopped = true;
    }
}
