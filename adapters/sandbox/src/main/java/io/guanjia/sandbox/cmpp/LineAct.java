package io.guanjia.sandbox.cmpp;

/** What our end can do to a line. */
public enum LineAct {
    /** Closes it. */
    DISCONNECT,
    /** Says goodbye with CMPP_TERMINATE. */
    TERMINATE,
    /** Never says another word, but stays connected. */
    SILENCE,
    /** Says something that is no CMPP. */
    GARBAGE,
    /** Sends a PDU that is longer than its fields. */
    WRONG_LENGTH
}
