package io.guanjia.adapters.sms.line;

import io.netty.channel.ChannelHandler;

/**
 * What a protocol brings to a line.
 *
 * @param <P> its protocol data units, immutable
 */
public interface Dialect<P> {

    /** A new codec for one connection. Input that it cannot read has to end in an exception. */
    ChannelHandler codec();

    Class<P> type();

    /** A new login for one connection. */
    Login<P> login();

    /** What ties an answer to its question. */
    int sequence(P pdu);

    Meaning meaning(P pdu);

    P activeTest(int sequence);

    P terminate(int sequence);

    /**
     * The answer to a {@link Meaning#ACTIVE_TEST} or {@link Meaning#TERMINATE} of the other end.
     */
    P answer(P question);

    /** What a line does about what comes in. */
    enum Meaning {
        /** Answers one of our questions. */
        ANSWER,
        /** Is for whoever uses the line. */
        REQUEST,
        ACTIVE_TEST,
        TERMINATE,
        /** Is of no interest. */
        NOISE
    }

    /** How a connection begins. */
    interface Login<P> {

        P question(int sequence);

        /** The other end said this first. */
        Verdict judge(P answer);
    }

    /** Whether we are let in. */
    sealed interface Verdict {

        record Welcome() implements Verdict {}

        /**
         * Asking again soon will not help.
         *
         * @param reason for people: no secret, nothing from the other end but its code
         */
        record Refused(String reason) implements Verdict {}
    }
}
