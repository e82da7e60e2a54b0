package io.guanjia.trials.bench.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One plan under way. All of it happens on one event loop, so nothing here is shared. */
final class Load {

    /** How long the last answers are waited for; those that are still missing then are lost. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final LoadPlan plan;
    private final Corpus corpus;
    private final Set<Line> lines = new HashSet<>();
    private final ArrayDeque<Line> idle = new ArrayDeque<>();
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private long start;
    private long end;
    private long lastAnswer;
    private long due;
    private long sent;
    private long right;
    private long wrong;
    private String firstWrong = "";
    private boolean finished;

    Load(LoadPlan plan, Corpus corpus) {
        this.plan = plan;
        this.corpus = corpus;
    }

    CompletableFuture<LoadResult> result() {
        return result;
    }

    void start(Collection<Line> connected) {
        lines.addAll(connected);
        idle.addAll(connected);
        start = System.nanoTime();
        lastAnswer = start;
        end = start + TimeUnit.SECONDS.toNanos(plan.seconds());
        if (plan.closedLoop()) {
            while (!idle.isEmpty()) {
                send(idle.poll(), System.nanoTime());
            }
        }
    }

    /**
     * Sends what is due by now, as far as there are connections that wait for nothing.
     *
     * @return when the next message is due, or null when all are sent
     */
    @Nullable Long sendWhatIsDue() {
        if (plan.closedLoop()) {
            return null;
        }
        var now = System.nanoTime();
        due = Math.min(dueBy(now), dueBy(end));
        while (sent < due && !idle.isEmpty()) {
            send(idle.poll(), dueAt(sent));
        }
        return due == dueBy(end) ? null : dueAt(due);
    }

    private long dueBy(long time) {
        return (long) Math.ceil((time - start) * plan.rate() / 1e9);
    }

    private long dueAt(long number) {
        return start + (long) (number * 1e9 / plan.rate());
    }

    private void send(Line line, long from) {
        sent++;
        line.send(corpus.next(), from);
    }

    void answered(Line line, long from, boolean acknowledged) {
        lastAnswer = System.nanoTime();
        record(lastAnswer - from);
        if (acknowledged) {
            right++;
        } else {
            wrong++;
        }
        if (plan.closedLoop()) {
            if (lastAnswer < end) {
                send(line, lastAnswer);
            } else {
                idle.add(line);
            }
        } else if (sent < due) {
            send(line, dueAt(sent));
        } else {
            idle.add(line);
        }
    }

    void lost(Line line, @Nullable Long since) {
        lines.remove(line);
        idle.remove(line);
        if (since != null && !finished) {
            wrong++;
            record(System.nanoTime() - since);
            wrong("a connection was closed before the answer");
        }
    }

    void wrong(String what) {
        if (firstWrong.isEmpty()) {
            firstWrong = what;
        }
    }

    /** Whether everything was sent and answered. */
    boolean over() {
        var now = System.nanoTime();
        return now >= end
                && (idle.size() == lines.size() || now > end + PATIENCE_NANOS)
                && (plan.closedLoop() || sent >= dueBy(end) || now > end + PATIENCE_NANOS);
    }

    void finish() {
        var now = System.nanoTime();
        for (var line : lines) {
            var since = line.waitingSince();
            if (since != null) {
                wrong++;
                record(now - since);
                wrong("no answer within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s");
            }
        }
        if (!plan.closedLoop()) {
            for (; sent < dueBy(end); sent++) {
                wrong++;
                record(now - dueAt(sent));
                wrong("no connection was free to send on");
            }
        }
        finished = true;
        List.copyOf(lines).forEach(Line::close);
        var seconds = (lastAnswer - start) / 1e9;
        result.complete(
                new LoadResult(
                        right,
                        wrong,
                        seconds,
                        right / seconds,
                        micros.getMinValue(),
                        micros.getValueAtPercentile(50),
                        micros.getValueAtPercentile(90),
                        micros.getValueAtPercentile(99),
                        micros.getValueAtPercentile(99.9),
                        micros.getMaxValue(),
                        corpus.wrapped(),
                        firstWrong));
    }

    private void record(long nanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000)));
    }
}
