package io.guanjia.sandbox.wechat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts that stay exact when the histories have long forgotten the single things. */
public final class Counters {

    private final LongAdder offered = new LongAdder();
    private final LongAdder tries = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<Via, LongAdder> shown = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> errors = new ConcurrentHashMap<>();

    Counters() {}

    /**
     * @param offered callbacks begun, copies not counted
     * @param tries posts made, copies included
     * @param acknowledged callbacks the account's server took, copies included
     * @param failed callbacks it did not take
     * @param shown what appeared in chats, by how it came
     * @param calls calls to each API
     * @param errors refused calls by {@code errcode}
     */
    public record Snapshot(
            long offered,
            long tries,
            long acknowledged,
            long failed,
            Map<Via, Long> shown,
            Map<String, Long> calls,
            Map<Integer, Long> errors) {}

    /** What was counted since the start or the last reset. */
    public Snapshot snapshot() {
        return new Snapshot(
                offered.sum(),
                tries.sum(),
                acknowledged.sum(),
                failed.sum(),
                sums(shown),
                sums(calls),
                sums(errors));
    }

    void offered() {
        offered.increment();
    }

    void ended(CallbackOutcome outcome) {
        tries.add(outcome.tries().size());
        (outcome.acknowledged() ? acknowledged : failed).increment();
    }

    void shown(Via via) {
        shown.computeIfAbsent(via, first -> new LongAdder()).increment();
    }

    void called(String api, int code) {
        calls.computeIfAbsent(api, first -> new LongAdder()).increment();
        if (code != 0) {
            errors.computeIfAbsent(code, first -> new LongAdder()).increment();
        }
    }

    void reset() {
        offered.reset();
        tries.reset();
        acknowledged.reset();
        failed.reset();
        shown.clear();
        calls.clear();
        errors.clear();
    }

    private static <K extends Comparable<K>> Map<K, Long> sums(Map<K, LongAdder> adders) {
        var sums = new TreeMap<K, Long>();
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
