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

    Content onlyWords() {
        return text("customer.only-words");
    }

    Content handedBack() {
        return text("customer.handed-back");
    }

    Content handover(WaitReason reason, Desk desk) {
        if (!desk.open()) {
            return text("customer.nobody-there", days(desk), desk.opens(), closes(desk));
        }
        return switch (reason) {
            case LOSS_OR_FRAUD -> text("customer.handover.urgent");
            case COMPLAINT -> text("customer.handover.complaint");
            case ASKED, BOT_FAILED, UNREADABLE, AGENT_AWAY -> text("customer.handover");
        };
    }

    private String days(Desk desk) {
        return desk.days().size() == DayOfWeek.values().length
                ? messages.getMessage("customer.every-day", null, locale)
                : desk.days().stream()
                        .sorted()
                        .map(day -> day.getDisplayName(TextStyle.SHORT, locale))
                        .collect(
                                Collectors.joining(
                                        messages.getMessage("customer.and", null, locale)));
    }

    private static String closes(Desk desk) {
        return desk.closes().equals(LocalTime.MIDNIGHT) ? "24:00" : desk.closes().toString();
    }

    private Content text(String key, Object... arguments) {
        return new Content.Text(messages.getMessage(key, arguments, locale));
    }
}
