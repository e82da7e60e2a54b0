package io.guanjia.gateway.handoff;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.LocalTime;

/** When people are at the desk: in the opening hours, and only if somebody is really there. */
public final class DeskHours {

    private final HandoffSettings settings;
    private final Attendance attendance;
    private final Clock clock;

    public DeskHours(HandoffSettings settings, Attendance attendance, Clock clock) {
        this.settings = settings;
        this.attendance = attendance;
        this.clock = clock;
    }

    /**
     * The desk at this moment. A failure to find out counts as open: the queue is never refused.
     */
    public Mono<Desk> now() {
        var inHours = inHours();
        return (inHours ? attendance.anyoneAvailable() : Mono.just(false))
                .onErrorReturn(true)
                .map(
                        open ->
                                new Desk(
                                        open,
                                        inHours,
                                        settings.days(),
                                        settings.opens(),
                                        settings.closes()));
    }

    private boolean inHours() {
        var now = clock.instant().atZone(settings.zone());
        var today = now.getDayOfWeek();
        var opened = !now.toLocalTime().isBefore(settings.opens());
        var beforeClosing = now.toLocalTime().isBefore(settings.closes());
        if (closesTheNextDay()) {
            return opened
                    ? settings.days().contains(today)
                    : beforeClosing && settings.days().contains(today.minus(1));
        }
        return opened
                && (beforeClosing || settings.closes().equals(LocalTime.MIDNIGHT))
                && settings.days().contains(today);
    }

    private boolean closesTheNextDay() {
        return settings.closes().isBefore(settings.opens())
                && !settings.closes().equals(LocalTime.MIDNIGHT);
    }
}
