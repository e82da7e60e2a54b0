package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.trials.channels.Limit.Kind;
import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.process.Await;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A shop whose platform refuses in one way after the other. The steps of a round are in order. */
final class Limited {

    private static final Duration FIRST_CALL_WITHIN = Duration.ofSeconds(20);

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofSeconds(5);

    private final Street street;
    private final Shop shop;
    private final int customers;
    private final List<Limit> limits;
    private final List<Talk> talks = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private @Nullable Round current;
    private long before;

    Limited(Street street, Shop shop) {
        this.street = street;
        this.shop = shop;
        this.customers = street.of(3, 6);
        this.limits = shop.limits();
    }

    private static final class Round {
        private final Limit limit;
        private final Talk talk;
        private long known;
        private Instant over = Instant.MAX;

        Round(Limit limit, Talk talk) {
            this.limit = limit;
            this.talk = talk;
        }
    }

    String channel() {
        return shop.channel();
    }

    int rounds() {
        return limits.size();
    }

    private Round current() {
        return Objects.requireNonNull(current);
    }

    Duration rest() {
        return current().limit.rest();
    }

    /** The platform refuses from now on, and customers write. */
    void begin(int number) {
        var limit = limits.get(number);
        var talk = talk("too-much-" + number);
        current = new Round(limit, talk);
        shop.faults().add(Fault.always(shop.sending(), limit.refusal()));
        before = shop.sends();
        shop.away(true);
        for (int customer = 0; customer < customers; customer++) {
            if (limit.kind() == Kind.TODAY) {
                talk.tell(customer, customer);
            } else {
                talk.ask(customer, customer);
            }
        }
        shop.away(false);
        // Where it is about one customer, each has to find out.
        var calls = limit.kind() == Kind.ACCOUNT ? 1 : customers;
        if (!Await.within(FIRST_CALL_WITHIN, () -> shop.sends() - before >= calls)) {
            findings.add(
                    "%s: %d calls, so nothing was refused"
                            .formatted(limit.refusal(), shop.sends() - before));
        }
    }

    private Talk talk(String name) {
        var talk = new Talk(shop, street.database(), name);
        talks.add(talk);
        return talk;
    }

    /** From now on it is known on every node. */
    void known() {
        current().known = shop.sends();
    }

    void countLate() {
        var round = current();
        var late = shop.sends() - round.known;
        if (late > round.limit.callsIn(TooMuch.SILENCE, street.nodes().size())) {
            findings.add(
                    "%s: %d calls after the limit was known"
                            .formatted(round.limit.refusal(), late));
        }
    }

    /**
     * Whether we go on trying all the while. A call that is made just when the clocks move carries
     * a time that nobody believes, so it has to be refused for the limit still.
     */
    boolean triesOften() {
        var round = current();
        return round.limit.kind() == Kind.ACCOUNT && round.limit.rest().compareTo(OFTEN) <= 0;
    }

    /** The limit is over. */
    void over() {
        shop.faults().clear();
        current().over = Instant.now();
    }

    /** A window is opened again by the customer alone. */
    void goOn() {
        var round = current();
        if (round.limit.kind() == Kind.WINDOW) {
            for (int customer = 0; customer < customers; customer++) {
                round.talk.ask(customer, customer + 1);
            }
        }
    }

    /** Waits until everything has gone out, or has ended. */
    void end() {
        var round = current();
        round.talk.settle();
        recoveries.add(Duration.between(round.over, Instant.now()));
        if (round.limit.kind() == Kind.TODAY && round.talk.refused() != customers) {
            findings.add(
                    "%s: %d of %d were refused with a reason"
                            .formatted(round.limit.refusal(), round.talk.refused(), customers));
        }
    }

    /** Also what nobody sees has to end, such as a push for what was read meanwhile. */
    void allEnd() {
        Await.within(ENDS_WITHIN, () -> talks.stream().allMatch(talk -> talk.unended().isEmpty()));
    }

    /** The platform takes one and does nothing with it, which nobody can know. */
    void loseOne() {
        shop.faults().add(Fault.next(1, shop.sending(), new Effect.SilentDrop()));
        before = shop.sends();
        shop.away(true);
        talk("dropped").tell(0, 0);
        shop.away(false);
        Await.within(FIRST_CALL_WITHIN, () -> shop.sends() > before);
    }

    /** What matters is that it is not sent again. */
    void countLost() {
        if (shop.sends() - before != 1) {
            findings.add("silent drop: %d calls".formatted(shop.sends() - before));
        }
    }

    Ledger books() {
        var ledger = talks.stream().map(Talk::books).reduce(Ledger::and).orElseThrow();
        talks.forEach(talk -> findings.addAll(talk.unended()));
        return ledger.with(recoveries, findings);
    }
}
