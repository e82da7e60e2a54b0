package io.guanjia.trials.faults;

import io.guanjia.sandbox.wechat.CallbackOutcome;
import io.guanjia.sandbox.wechat.Customer;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.trials.process.Await;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Customers who write for as long as a trial lasts. Each waits for the platform to be done with a
 * message before the next one, as a person does who sees it arrive; and each leaves after a few,
 * before the platform's allowance for answers can be an issue.
 */
final class Crowd implements AutoCloseable {

    private static final int MESSAGES_EACH = 4;

    private final WechatAccount account;
    private final String name;
    private final Duration pause;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * Begins to write.
     *
     * @param name no other crowd of the run has it
     * @param sideBySide how many customers at a time
     * @param pause how long each thinks before the next message, more or less
     */
    Crowd(WechatAccount account, String name, int sideBySide, Duration pause) {
        this.account = account;
        this.name = name;
        this.pause = pause;
        for (int i = 0; i < sideBySide; i++) {
            var place = i;
            threads.add(Thread.startVirtualThread(() -> keepWriting(place)));
        }
    }

    private void keepWriting(int place) {
        Await.pause(moreOrLess(pause));
        for (int visit = 0; open; visit++) {
            var customer = account.customer("%s-%d-%d".formatted(name, place, visit));
            for (int i = 0; i < MESSAGES_EACH && open; i++) {
                offers.add(offer(customer, place + visit * MESSAGES_EACH + i));
                Await.pause(moreOrLess(pause));
            }
        }
    }

    private static Duration moreOrLess(Duration time) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(2 * time.toNanos()));
    }

    /** Writes one message and waits until the platform is done with it. */
    static Offer offer(Customer customer, int question) {
        return offered(customer.says(Questions.question(question)), Questions.answer(question));
    }

    static Offer offered(CallbackOutcome outcome, @Nullable String answer) {
        var tries = outcome.tries();
        var first = tries.getFirst();
        var last = tries.getLast();
        return new Offer(
                outcome.openId(),
                Objects.requireNonNull(outcome.msgId()),
                first.at(),
                tries.size(),
                tries.stream()
                        .map(one -> one.result() + " after " + one.latency().toMillis() + " ms")
                        .collect(Collectors.joining(", ")),
                outcome.acknowledged()
                        ? Duration.between(first.at(), last.at()).plus(last.latency())
                        : null,
                answer);
    }

    /** What was written so far and is done with. */
    List<Offer> offers() {
        return List.copyOf(offers);
    }

    /** Lets everybody finish their message, and nobody begin another. */
    @Override
    public void close() {
        open = false;
        threads.forEach(Threads::join);
    }
}
