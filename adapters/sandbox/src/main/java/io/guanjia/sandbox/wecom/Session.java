package io.guanjia.sandbox.wecom;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Where one customer's session stands (会话状态) and what may be sent in it. Not thread-safe: the
 * customer guards it. Source: 企业微信开发者中心, 分配客服会话 (94669), 发送消息 (94677).
 */
final class Session {

    static final int UNTREATED = 0;
    static final int BY_API = 1;
    static final int QUEUED = 2;
    static final int BY_PERSON = 3;
    static final int OVER = 4;

    /** The one 接待人员 who is at work (正在接待). */
    static final String SERVICER = "xiaoli";

    static final int MESSAGES = 5;
    static final Duration WINDOW = Duration.ofHours(48);

    private int state = OVER;
    private @Nullable Instant wroteAt;
    private @Nullable Instant heardAt;
    private int sent;
    private String servicer = "";

    int state() {
        return state;
    }

    String servicer() {
        return servicer;
    }

    int left(Instant now) {
        return wroteAt == null || isOver(wroteAt, now) ? 0 : MESSAGES - sent;
    }

    /** The customer writes: the window opens anew, and a session that was over begins. */
    void written(Instant now) {
        if (state == OVER) {
            state = UNTREATED;
        }
        wroteAt = now;
        sent = 0;
    }

    /** Whether a customer who comes in may be greeted: not within 48 hours of hearing from us. */
    boolean mayBeGreeted(Instant now) {
        return heardAt == null || isOver(heardAt, now);
    }

    /** The customer hears something by a code, which counts for nothing. */
    void greeted(Instant now) {
        heardAt = now;
    }

    /** Takes one of the messages. */
    void take(Instant now) {
        if (state == OVER && wroteAt != null) {
            throw new CorpRefusal(CorpError.SESSION_OVER);
        }
        if (state != UNTREATED && state != BY_API) {
            throw new CorpRefusal(CorpError.WRONG_STATE);
        }
        if (wroteAt == null || isOver(wroteAt, now)) {
            throw new CorpRefusal(CorpError.TIME_LIMIT);
        }
        if (sent >= MESSAGES) {
            throw new CorpRefusal(CorpError.COUNT_LIMIT);
        }
        sent++;
        heardAt = now;
    }

    /** Changes the state as the API may. */
    void change(int to, String by) {
        var allowed =
                switch (state) {
                    case UNTREATED -> to >= BY_API && to <= OVER;
                    case BY_API -> to >= QUEUED && to <= OVER;
                    case QUEUED, BY_PERSON -> to == BY_PERSON || to == OVER;
                    default -> false;
                };
        if (!allowed) {
            throw new CorpRefusal(CorpError.INVALID_TRANSITION);
        }
        if (to == BY_PERSON && !by.equals(SERVICER)) {
            throw new CorpRefusal(CorpError.NOT_A_SERVICER);
        }
        state = to;
        servicer = to == BY_PERSON ? by : "";
    }

    private static boolean isOver(Instant since, Instant now) {
        return !now.isBefore(since.plus(WINDOW));
    }
}
