package io.guanjia.gateway.conversation;

import io.guanjia.gateway.handoff.Desk;
import io.guanjia.gateway.message.Content;

import org.springframework.context.MessageSource;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the customer reads from us, apart from the bot's knowledge. In one voice, from one file. */
final class Phrases {

    private final MessageSource messages;
    private final Locale locale;

    Phrases(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    Content welcome() {
        return text("customer.welcome");
    }

    /** In the name of one of our people, who hears what the customer says to it. */
    Content introduction() {
        return text("customer.introduction");
    }

    Content onlyWords() {
        return text("customer.only-words");
    }

    Content optedOut() {
        return text("customer.opted-out");
    }

    Content handedBack() {
        return text("customer.handed-back");
    }

    /** Whoever fears for their money reads first what they can do without us. */
    Content handover(WaitReason reason, Desk desk) {
        var handover = desk.open() ? comes(reason) : nobodyThere(desk);
        return reason == WaitReason.LOSS_OR_FRAUD
                ? new Content.Text(words("customer.urgent") + handover)
                : new Content.Text(handover);
    }

    private String comes(WaitReason reason) {
        return words(
                reason == WaitReason.COMPLAINT
                        ? "customer.handover.complaint"
                        : "customer.handover");
    }

    private String nobodyThere(Desk desk) {
        if (!desk.inHours()) {
            return words("customer.closed", hours(desk));
        }
        // "Nobody is here" and "we are always here" would contradict each other: somebody has just
        // left the room.
        return allDay(desk) && everyDay(desk)
                ? words("customer.all-away.any-time")
                : words("customer.all-away", hours(desk));
    }

    private String hours(Desk desk) {
        return allDay(desk)
                ? words("customer.all-day", days(desk))
                : words("customer.hours", days(desk), desk.opens(), closes(desk));
    }

    private static boolean allDay(Desk desk) {
        return desk.opens().equals(LocalTime.MIDNIGHT) && desk.closes().equals(LocalTime.MIDNIGHT);
    }

    private static boolean everyDay(Desk desk) {
        return desk.days().size() == DayOfWeek.values().length;
    }

    private String days(Desk desk) {
        return everyDay(desk)
                ? words("customer.every-day")
                : desk.days().stream()
                        .sorted()
                        .map(day -> day.getDisplayName(TextStyle.SHORT, locale))
                        .collect(Collectors.joining(words("customer.and")));
    }

    private static String closes(Desk desk) {
        return desk.closes().equals(LocalTime.MIDNIGHT) ? "24:00" : desk.closes().toString();
    }

    private Content text(String key) {
        return new Content.Text(words(key));
    }

    private String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
