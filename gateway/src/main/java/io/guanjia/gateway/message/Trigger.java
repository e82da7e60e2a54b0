package io.guanjia.gateway.message;

/**
 * What a party did that lets us write to them for a while. Each channel says how long and how
 * often.
 */
public enum Trigger {
    /** Wrote to us. */
    MESSAGE,
    /** Tapped the account's menu or one of our suggestions. */
    MENU,
    /** Began to follow us. */
    FOLLOW,
    /** Scanned a QR code of ours. */
    SCAN,
    /** Paid. */
    PAYMENT,
    /** Opened the conversation without writing. */
    ENTER,
    /** Named us in public. */
    MENTION
}
