package io.guanjia.adapters.sms.line;

import reactor.core.publisher.MonoSink;

import java.util.function.IntFunction;

/** A question from when it is asked until it is answered or given up. On one event loop. */
final class Asked<P> {

    private final IntFunction<P> question;
    private final MonoSink<P> sink;
    private long since;
    private boolean written;
    private volatile boolean cancelled;

    Asked(IntFunction<P> question, MonoSink<P> sink, long now) {
        this.question = question;
        this.sink = sink;
        this.since = now;
        sink.onCancel(() -> cancelled = true);
    }

    P question(int sequence) {
        return question.apply(sequence);
    }

    /** Its time begins anew when it goes out. */
    void sent(long now) {
        since = now;
    }

    void written() {
        written = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    long since() {
        return since;
    }

    void answered(P answer) {
        sink.success(answer);
    }

    /** Whether it left decides what its failure means. */
    void lost(String reason) {
        fail(written ? LineFailure.Kind.NO_ANSWER : LineFailure.Kind.NOT_SENT, reason);
    }

    void fail(LineFailure.Kind kind, String reason) {
        sink.error(new LineFailure(kind, reason));
    }

    void fail(RuntimeException why) {
        sink.error(why);
    }
}
