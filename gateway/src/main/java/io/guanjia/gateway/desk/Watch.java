package io.guanjia.gateway.desk;

import java.util.UUID;

/**
 * One socket's interest in one thread, and how far it has been told. Either it is being caught up
 * by reading, or it is live and takes what the hub announces.
 */
final class Watch {

    private final UUID conversation;
    private long have;
    private long wanted;
    private boolean catchingUp = true;

    /**
     * @param have the revision the client says it has
     */
    Watch(UUID conversation, long have) {
        this.conversation = conversation;
        this.have = have;
    }

    UUID conversation() {
        return conversation;
    }

    synchronized long have() {
        return have;
    }

    /** What to do with an announcement of what lies between two revisions. */
    synchronized Step announced(long since, long revision) {
        if (revision <= have) {
            return Step.SKIP;
        }
        if (catchingUp) {
            wanted = Math.max(wanted, revision);
            return Step.SKIP;
        }
        if (since <= have) {
            have = revision;
            return Step.SEND;
        }
        catchingUp = true;
        return Step.CATCH_UP;
    }

    synchronized void caughtUp(long revision) {
        have = Math.max(have, revision);
    }

    /** Whether it is live now; if not, more was announced meanwhile and has to be read. */
    synchronized boolean live() {
        catchingUp = wanted > have;
        return !catchingUp;
    }

    enum Step {
        SEND,
        SKIP,
        CATCH_UP
    }
}
