package io.guanjia.gateway.accounts;

import io.guanjia.gateway.accounts.Finding.Argument.Api;
import io.guanjia.gateway.accounts.Finding.Argument.Lasting;
import io.guanjia.gateway.accounts.Finding.Argument.Plain;
import io.guanjia.gateway.accounts.Finding.Argument.Reason;
import io.guanjia.gateway.accounts.Finding.State;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.outbound.OpenCircuit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Says what is most wrong with an account, and what to do about it. Pure. */
final class Diagnosis {

    /** How long what is due may wait. Shorter hiccups mend themselves. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Parts without which an account does nothing at all. */
    private static final Set<String> VITAL = Set.of("token", "line");

    /** Less than a tenth is few, of an hour's or a day's calls and of a package. */
    private static final int FEW = 10;

    private Diagnosis() {}

    static Finding of(Facts facts, Instant now) {
        if (!facts.enabled()) {
            return Finding.of(State.OFF, "off");
        }
        return trouble(facts, State.DOWN)
                .or(() -> shutWhole(facts, now))
                .or(() -> sign(facts, true))
                .or(() -> trouble(facts, State.ATTENTION))
                .or(() -> shutOne(facts, now))
                .or(() -> sign(facts, false))
                .or(() -> stuck(facts, now))
                .or(() -> fewCalls(facts))
                .or(() -> slowed(facts, now))
                .orElseGet(
                        () ->
                                Finding.of(
                                        State.WELL,
                                        facts.contact().none() ? "well-unheard" : "well"));
    }

    private static Optional<Finding> trouble(Facts facts, State wanted) {
        var seen = facts.trouble();
        if (seen == null || wanted != (seen.everywhere() ? State.DOWN : State.ATTENTION)) {
            return Optional.empty();
        }
        return Optional.of(trouble(seen.what(), wanted).by(seen));
    }

    private static Finding trouble(Trouble trouble, State state) {
        return switch (trouble) {
            case Trouble.KeyMissing missing ->
                    Finding.of(state, "key-missing", new Plain(missing.keyId()));
            case Trouble.Altered _ -> Finding.of(state, "altered");
            case Trouble.NotValid invalid ->
                    Finding.of(state, "not-valid", new Plain(invalid.problem()));
            case Trouble.NameTaken _ -> Finding.of(state, "name-taken");
            case Trouble.NotTaken _ -> Finding.of(state, "not-taken");
        };
    }

    private static Optional<Finding> shutWhole(Facts facts, Instant now) {
        return facts.circuits().stream()
                .filter(circuit -> circuit.alarm() && circuit.api().equals("*"))
                .findFirst()
                .map(
                        circuit ->
                                circuit.until() == null
                                        ? Finding.of(
                                                State.DOWN,
                                                "shut-all",
                                                new Reason(circuit.reason()))
                                        : Finding.of(
                                                State.DOWN,
                                                "shut-all-until",
                                                new Reason(circuit.reason()),
                                                left(circuit.until(), now)));
    }

    private static Optional<Finding> shutOne(Facts facts, Instant now) {
        return facts.circuits().stream()
                .filter(OpenCircuit::alarm)
                .findFirst()
                .map(
                        circuit ->
                                circuit.until() == null
                                        ? Finding.of(
                                                State.ATTENTION,
                                                "shut-one",
                                                new Reason(circuit.reason()),
                                                new Api(circuit.api()))
                                        : Finding.of(
                                                State.ATTENTION,
                                                "shut-one-until",
                                                new Reason(circuit.reason()),
                                                new Api(circuit.api()),
                                                left(circuit.until(), now)));
    }

    /** What a vital part lacks comes before the rest. */
    private static Optional<Finding> sign(Facts facts, boolean down) {
        return facts.signs().stream()
                .filter(seen -> seen.what().problem() != null && down(facts, seen) == down)
                .min(Comparator.comparing(seen -> !VITAL.contains(seen.what().part())))
                .map(seen -> sign(seen, down ? State.DOWN : State.ATTENTION));
    }

    /** Whether it is about a vital part that is well on no node. */
    private static boolean down(Facts facts, Seen<HealthSign> ill) {
        var part = ill.what().part();
        return VITAL.contains(part)
                && facts.signs().stream()
                                .filter(seen -> seen.what().part().equals(part))
                                .filter(seen -> seen.what().problem() != null)
                                .mapToInt(Seen::nodes)
                                .sum()
                        >= ill.of();
    }

    /** What is wrong by a sign that is not well. */
    static Finding sign(Seen<HealthSign> seen, State state) {
        var sign = seen.what();
        return Finding.of(
                        state,
                        sentence(sign),
                        new Plain(sign.part()),
                        new Plain(String.valueOf(sign.problem())))
                .by(seen);
    }

    /** The sentence for a sign that is not well. */
    private static String sentence(HealthSign sign) {
        return sign.part() + "." + sign.problem();
    }

    private static Optional<Finding> stuck(Facts facts, Instant now) {
        var queue = facts.queue();
        var since = queue.dueSince();
        if (since == null || since.plus(PATIENCE).isAfter(now)) {
            return Optional.empty();
        }
        var waiting = new Plain(Long.toString(queue.queued()));
        var lasting = new Lasting(Duration.between(since, now));
        return Optional.of(
                queue.reason() == null
                        ? Finding.of(State.ATTENTION, "stuck", waiting, lasting)
                        : Finding.of(
                                State.ATTENTION,
                                "stuck-because",
                                waiting,
                                lasting,
                                new Reason(queue.reason())));
    }

    private static Optional<Finding> fewCalls(Facts facts) {
        return facts.calls().stream()
                .filter(calls -> calls.left() * FEW < calls.of())
                .min(Comparator.comparingDouble(calls -> (double) calls.left() / calls.of()))
                .map(
                        calls ->
                                Finding.of(
                                        State.ATTENTION,
                                        few(calls.per()),
                                        new Api(calls.api()),
                                        new Plain(Long.toString(calls.left())),
                                        new Plain(Long.toString(calls.of()))));
    }

    private static String few(CallsLeft.Per per) {
        return switch (per) {
            case HOUR -> "few-calls-this-hour";
            case DAY -> "few-calls";
            case PACKAGE -> "few-in-packages";
        };
    }

    /** Nobody has to do anything. */
    private static Optional<Finding> slowed(Facts facts, Instant now) {
        return facts.circuits().stream()
                .filter(circuit -> circuit.until() != null)
                .findFirst()
                .map(
                        circuit ->
                                Finding.of(
                                        State.WELL,
                                        "slowed",
                                        new Api(circuit.api()),
                                        left(circuit.until(), now)));
    }

    private static Lasting left(@Nullable Instant until, Instant now) {
        return new Lasting(
                until == null || until.isBefore(now)
                        ? Duration.ZERO
                        : Duration.between(now, until));
    }
}
