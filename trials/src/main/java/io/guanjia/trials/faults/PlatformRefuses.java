package io.guanjia.trials.faults;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.ApiCall;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * F7: the platform says that it was too much, in each of its ways, and once says nothing and loses
 * a message. After the first refusal there may be one more call, to find out, and none but that
 * until the platform's own limit is over.
 */
final class PlatformRefuses implements Trial {

    private static final int CUSTOMERS = 12;

    /** Calls that another node began before word of the first refusal can have reached it. */
    private static final Duration UNDER_WAY = Duration.ofMillis(100);

    /** For how long calls are counted that should not come. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    @Override
    public String number() {
        return "F7";
    }

    @Override
    public String fault(Scene scene) {
        return "platform answers 429, 45009, 45011, 45047, and drops one silently";
    }

    @Override
    public Ledger run(Scene scene) {
        var run = new Run(scene);
        try {
            run.limited("429", new Effect.Status(429), Duration.ofMinutes(1));
            run.limited("45011", new Effect.ErrorCode(45011), Duration.ofSeconds(61));
            run.limited("45009", new Effect.ErrorCode(45009), Duration.ofHours(24));
            run.windowUsedUp();
            run.dropped();
        } finally {
            scene.pushing().faults().clear();
            scene.clockAhead(Duration.ZERO);
        }
        var ledger = scene.books(scene.pushing(), number()).close(run.offers, Map.of(), List.of());
        return ledger.with(run.recoveries, run.findings);
    }

    private static final class Run {

        private final Scene scene;
        private final Burst burst;
        private final List<Offer> offers = new ArrayList<>();
        private final List<Duration> recoveries = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();
        private Duration ahead = Duration.ZERO;

        Run(Scene scene) {
            this.scene = scene;
            this.burst = new Burst(scene.pushing());
        }

        /** A limit of the whole account: after it is over, everything goes out. */
        void limited(String name, Effect refusal, Duration until) {
            var faults = scene.pushing().faults();
            var fault = faults.add(Fault.always(Burst.SEND, refusal));
            var before = burst.sends();
            var written = burst.write("limit-" + name, CUSTOMERS);
            offers.addAll(written);
            Await.within(Duration.ofSeconds(10), () -> burst.sends() > before);
            Await.pause(SILENCE);
            var late = callsAfterTheFirstAnswer(before);
            if (late > 1) {
                findings.add("%s: %d calls after the limit instead of one".formatted(name, late));
            }
            faults.remove(fault.id());
            ahead = ahead.plus(until);
            scene.clockAhead(ahead);
            var reset = Instant.now();
            if (burst.awaitAnswers(written)) {
                recoveries.add(Duration.between(reset, Instant.now()));
            } else {
                findings.add(name + ": does not go on after the reset");
            }
        }

        /** Calls that came although the first refusal was known. */
        private long callsAfterTheFirstAnswer(long before) {
            var calls =
                    scene.pushing().calls().all().stream()
                            .filter(call -> call.api().equals(Burst.SEND))
                            .skip(before)
                            .toList();
            if (calls.isEmpty()) {
                return 0;
            }
            var answered =
                    calls.stream()
                            .map(call -> call.at().plus(call.latency()))
                            .min(Instant::compareTo)
                            .orElseThrow();
            var known = answered.plus(UNDER_WAY);
            return calls.stream().map(ApiCall::at).filter(known::isBefore).count();
        }

        /** A limit of one customer: nothing more until they write, then what was held, in order. */
        void windowUsedUp() {
            var customer = scene.pushing().customer("window");
            var faults = scene.pushing().faults();
            var fault = faults.add(Fault.always(Burst.SEND, new Effect.ErrorCode(45047)));
            offers.add(Crowd.offer(customer, 1));
            Await.within(Duration.ofSeconds(10), () -> burst.sendsTo(customer) > 0);
            Await.pause(SILENCE);
            if (burst.sendsTo(customer) != 1) {
                findings.add("45047: %d calls instead of one".formatted(burst.sendsTo(customer)));
            }
            faults.remove(fault.id());
            offers.add(Crowd.offer(customer, 2));
            if (!Await.within(Duration.ofSeconds(20), () -> customer.sees().size() == 2)) {
                findings.add("45047: the customer wrote, and reads " + customer.reads());
            }
        }

        /** Nobody can know of it; what matters is that nothing is sent twice. */
        void dropped() {
            var customer = scene.pushing().customer("dropped");
            scene.pushing().faults().add(Fault.next(1, Burst.SEND, new Effect.SilentDrop()));
            Crowd.offer(customer, 3);
            Await.pause(SILENCE);
            if (burst.sendsTo(customer) != 1) {
                findings.add("silent drop: %d calls".formatted(burst.sendsTo(customer)));
            }
        }
    }
}
