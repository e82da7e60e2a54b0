package io.guanjia.gateway.handoff;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * The desk as a customer who asks for a person finds it.
 *
 * @param open whether somebody is there to answer
 * @param inHours whether somebody should be
 * @param days on which days somebody is
 * @param opens from when on
 * @param closes until when; midnight is the end of the day
 */
public record Desk(
        boolean open, boolean inHours, Set<DayOfWeek> days, LocalTime opens, LocalTime closes) {

    /** As who finds it whose people are not at the desk: their own place has hours of its own. */
    public Desk attended() {
        return new Desk(true, true, days, opens, closes);
    }
}
