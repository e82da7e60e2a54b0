package io.guanjia.gateway.journal;

/**
 * The broker will never take one of the entries, as its settings are; waiting does not help. It has
 * to be kept apart, or everything behind it waits for ever.
 */
final class EntryTooLarge extends RuntimeException {

    EntryTooLarge(Throwable cause) {
        super("larger than the broker takes", cause, false, false);
    }
}
