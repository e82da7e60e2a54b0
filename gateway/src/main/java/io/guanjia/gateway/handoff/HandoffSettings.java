package io.guanjia.gateway.handoff;

import jakarta.validation.constraints.NotEmpty;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Settings under {@code guanjia.handoff}: when people are at the desk.
 *
 * @param zone where the hours are counted
 * @param days on which days the desk opens
 * @param opens from when, such as {@code 09:00}
 * @param closes until when; {@code 00:00} is the end of the day, and a time before {@code opens} is
 *     one of the next day
 * @param agentAway how long an agent may be without an open desk while a customer of theirs waits
 *     for an answer; then that customer is put back into the queue
 * @param colleagueSilent how long a customer whom somebody serves in a platform's own client may
 *     wait for an answer there, or for somebody to take them; then that customer is put into the
 *     queue
 */
@Validated
@ConfigurationProperties("guanjia.handoff")
public record HandoffSettings(
        @DefaultValue("Asia/Shanghai") ZoneId zone,
        @DefaultValue({
                    "MONDAY",
                    "TUESDAY",
                    "WEDNESDAY",
                    "THURSDAY",
                    "FRIDAY",
                    "SATURDAY",
                    "SUNDAY"
                })
                @NotEmpty
                Set<DayOfWeek> days,
        @DefaultValue("09:00") LocalTime opens,
        @DefaultValue("21:00") LocalTime closes,
        @DefaultValue("10m") Duration agentAway,
        @DefaultValue("30m") Duration colleagueSilent) {

    public HandoffSettings {
        days = Set.copyOf(days);
        requirePositive(agentAway, "agent-away must be a length of time such as 10m");
        requirePositive(colleagueSilent, "colleague-silent must be a length of time such as 30m");
    }

    private static void requirePositive(Duration duration, String otherwise) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("guanjia.handoff." + otherwise);
        }
    }
}
