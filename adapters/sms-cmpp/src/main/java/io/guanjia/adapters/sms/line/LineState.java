package io.guanjia.adapters.sms.line;

/** How a connection is doing. */
public enum LineState {
    /** On its way up for the first time. */
    STARTING,
    UP,
    /** Lost or not to be had; tries again by itself. */
    DOWN,
    /** The login was refused; tries again, rarely. */
    REFUSED,
    CLOSED
}
