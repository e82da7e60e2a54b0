package io.guanjia.gateway.outbound;

import java.util.Arrays;

/**
 * Who is in a hurry. What a person says goes before the bot, and the bot before a campaign and what
 * other systems have us send.
 */
public enum Lane {
    PERSON(0),
    BOT(1),
    CAMPAIGN(2);

    private final short rank;

    Lane(int rank) {
        this.rank = (short) rank;
    }

    /** What is stored: lower goes first. */
    short rank() {
        return rank;
    }

    static Lane ofRank(short rank) {
        return Arrays.stream(values())
                .filter(lane -> lane.rank == rank)
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no lane has rank " + rank));
    }
}
