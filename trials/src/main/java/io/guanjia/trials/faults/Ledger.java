package io.guanjia.trials.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The books of one trial.
 *
 * @param offered messages that customers wrote
 * @param httpTries how often the platform called for them
 * @param acked those it heard "success" for
 * @param effects messages of theirs in PostgreSQL
 * @param answers answers of ours that customers saw
 * @param duplicates messages in PostgreSQL, or answers on a customer's screen, beyond the first
 * @param ackedButLost acknowledged, but not in PostgreSQL, or never answered although nothing says
 *     that the answer's fate is unknown
 * @param durableButUnacked not acknowledged, but in PostgreSQL all the same
 * @param reordered conversations whose messages or answers are not in the order they were written
 * @param doubleAssignments conversations that two agents had at the same time
 * @param ambiguous answers that may or may not have arrived
 * @param recoveries from each blow until the first ten messages after it had their answers
 * @param worstAck the longest a platform waited for an acknowledgement, all tries included
 * @param findings what a trial checks beyond the books, and found wrong
 */
public record Ledger(
        long offered,
        long httpTries,
        long acked,
        long effects,
        long answers,
        long duplicates,
        long ackedButLost,
        long durableButUnacked,
        long reordered,
        long doubleAssignments,
        long ambiguous,
        List<Duration> recoveries,
        Duration worstAck,
        List<String> findings) {

    public Ledger {
        recoveries = recoveries.stream().sorted().toList();
        findings = List.copyOf(findings);
    }

    /** Whether nothing went wrong that a customer could notice as more than a delay. */
    public boolean clean() {
        return problems().isEmpty();
    }

    /** What went wrong, in words. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (acked == 0) {
            problems.add("nothing was acknowledged, so nothing was tried");
        }
        add(problems, ackedButLost, "acknowledged but lost");
        add(problems, duplicates, "duplicate effects");
        add(problems, reordered, "conversations out of order");
        add(problems, doubleAssignments, "double assignments");
        problems.addAll(findings);
        return problems;
    }

    private static void add(List<String> problems, long count, String what) {
        if (count > 0) {
            problems.add(count + " " + what);
        }
    }

    public Ledger with(List<Duration> recoveries, List<String> findings) {
        return new Ledger(
                offered,
                httpTries,
                acked,
                effects,
                answers,
                duplicates,
                ackedButLost,
                durableButUnacked,
                reordered,
                doubleAssignments,
                ambiguous,
                recoveries,
                worstAck,
                findings);
    }

    /** The books of this and of another account, as one. */
    public Ledger and(Ledger other) {
        return new Ledger(
                offered + other.offered,
                httpTries + other.httpTries,
                acked + other.acked,
                effects + other.effects,
                answers + other.answers,
                duplicates + other.duplicates,
                ackedButLost + other.ackedButLost,
                durableButUnacked + other.durableButUnacked,
                reordered + other.reordered,
                Math.max(doubleAssignments, other.doubleAssignments),
                ambiguous + other.ambiguous,
                both(recoveries, other.recoveries),
                worstAck.compareTo(other.worstAck) > 0 ? worstAck : other.worstAck,
                both(findings, other.findings));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    Duration recoveryP50() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.get(recoveries.size() / 2);
    }

    Duration recoveryMax() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.getLast();
    }
}
