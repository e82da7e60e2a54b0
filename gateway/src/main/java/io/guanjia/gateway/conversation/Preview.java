package io.guanjia.gateway.conversation;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;

import org.springframework.context.MessageSource;

import java.util.Locale;

/** A message in one line, for lists. */
final class Preview {

    private static final int LONGEST = 80;

    private final MessageSource messages;
    private final Locale locale;

    Preview(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    String of(Content content) {
        return switch (content) {
            case Content.Text text -> shorten(text.body());
            case Content.Choice choice -> shorten(choice.label());
            case Content.Suggestions suggestions -> shorten(suggestions.text());
            case Content.Image _ -> word("image");
            case Content.Voice _ -> word("voice");
            case Content.Video _ -> word("video");
            case Content.File _ -> word("file");
            case Content.Location _ -> word("location");
            case Content.Link link -> word("link") + shorten(link.title());
            case Content.MiniProgram mini -> word("mini-program") + shorten(mini.title());
            case Content.Template _ -> word("template");
            case Content.Native _ -> word("native");
            case Content.Unreadable _ -> word("unreadable");
            case Event.Followed _ -> word("followed");
            case Event.Unfollowed _ -> word("unfollowed");
            case Event.Scanned _ -> word("scanned");
            case Event.Entered _ -> word("entered");
            case Event.Introduced _ -> word("introduced");
            case Event.TakenElsewhere _ -> word("taken-elsewhere");
            case Event.AnsweredElsewhere answer -> of(answer.said());
            case Event.LeftElsewhere _ -> word("left-elsewhere");
            case Event.MenuTapped _ -> word("menu-tapped");
            case Event.LocationReported _, Event.Other _ -> word("event");
        };
    }

    /** What stands for one that was taken back. */
    String recalled() {
        return word("recalled");
    }

    private String word(String type) {
        return messages.getMessage("preview." + type, null, locale);
    }

    private static String shorten(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
