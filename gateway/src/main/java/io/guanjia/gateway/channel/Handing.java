package io.guanjia.gateway.channel;

/**
 * How one of our conversations changes hands, as far as a platform that keeps sessions of its own
 * may have to know.
 */
public enum Handing {
    /** The customer is to get one of our people in the platform's own client. */
    TO_COLLEAGUE,
    /** It is over. What the customer says next begins another one. */
    OVER
}
