package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one of our accounts can carry, in data: the desk, the bot and campaigns read it, the console
 * shows it, and what an account cannot carry is turned into what it can.
 *
 * @param receives what may come in
 * @param sends what can go out, each with the files it takes; {@link Files#NONE} for what is none
 * @param text how long words may be
 * @param initiative who may begin
 * @param reports what the platform tells us of a message after it took it
 * @param typing whether the customer can be shown that somebody is typing
 * @param recall how long after a message went out it can be taken back; zero where it cannot
 */
public record Capabilities(
        Set<Kind> receives,
        Map<Kind, Files> sends,
        TextLimit text,
        Initiative initiative,
        Set<Report> reports,
        boolean typing,
        Duration recall) {

    public Capabilities {
        receives = Set.copyOf(receives);
        sends = Map.copyOf(sends);
        reports = Set.copyOf(reports);
    }

    /** The kinds of content that channels differ in. */
    public enum Kind {
        TEXT,
        IMAGE,
        VOICE,
        VIDEO,
        FILE,
        LOCATION,
        LINK,
        MINI_PROGRAM,
        SUGGESTIONS,
        TEMPLATE,
        NATIVE,
        EVENT;

        /** Null for what nobody can send: a choice, an event, what nobody could read. */
        public static @Nullable Kind toSend(Content content) {
            return switch (content) {
                case Content.Text _ -> TEXT;
                case Content.Image _ -> IMAGE;
                case Content.Voice _ -> VOICE;
                case Content.Video _ -> VIDEO;
                case Content.File _ -> FILE;
                case Content.Location _ -> LOCATION;
                case Content.Link _ -> LINK;
                case Content.MiniProgram _ -> MINI_PROGRAM;
                case Content.Suggestions _ -> SUGGESTIONS;
                case Content.Template _ -> TEMPLATE;
                case Content.Native _ -> NATIVE;
                case Content.Choice _, Content.Unreadable _, io.guanjia.gateway.message.Event _ ->
                        null;
            };
        }
    }

    /**
     * The files of one kind of content.
     *
     * @param types their MIME types; empty for content that is no file
     * @param maxBytes the largest
     */
    public record Files(Set<String> types, long maxBytes) {

        public static final Files NONE = new Files(Set.of(), 0);

        public Files {
            types = Set.copyOf(types);
        }

        public static Files upTo(long maxBytes, String... types) {
            return new Files(Set.of(types), maxBytes);
        }

        /** A type or size that nobody knows yet is left to the platform to judge. */
        public boolean take(@Nullable String type, @Nullable Long bytes) {
            return (type == null || types.isEmpty() || types.contains(type))
                    && (bytes == null || maxBytes == 0 || bytes <= maxBytes);
        }
    }

    /** Who may begin to talk. */
    public enum Initiative {
        /** We only answer, within the reply window. */
        CUSTOMER,
        /** We too, with a form the platform has approved. */
        APPROVED_FORM,
        /** We too, once one of our people has agreed to send it. */
        MEMBER,
        /** We too, where the customer has consented. */
        CONSENT,
        /** We too: the customer is signed in to something of ours. */
        ANYBODY
    }

    /** What a platform tells us of a message. */
    public enum Report {
        /** It took it. */
        SENT,
        /** It is on the customer's device. */
        DELIVERED,
        /** It could not be brought there, and why. */
        FAILED,
        /** The customer has seen it. */
        READ
    }

    /** Whether a message can be taken back at all. */
    public boolean canRecall() {
        return recall.isPositive();
    }

    public boolean canSend(Kind kind) {
        return sends.containsKey(kind);
    }

    /** Whether this goes out as it is. What does not may still be said in another way. */
    public boolean carries(Content content) {
        var kind = Kind.toSend(content);
        if (kind == null || !canSend(kind)) {
            return false;
        }
        return switch (content) {
            case Content.Text text -> this.text.fits(text.body());
            case Content.Image image -> takes(kind, image.media());
            case Content.Voice voice -> takes(kind, voice.media());
            case Content.Video video -> takes(kind, video.media());
            case Content.File file -> takes(kind, file.media());
            default -> true;
        };
    }

    private boolean takes(Kind kind, io.guanjia.gateway.message.Media media) {
        return Objects.requireNonNull(sends.get(kind)).take(media.mimeType(), media.size());
    }

    /** Starts from a channel that carries words both ways and nothing else. */
    public static Builder words(TextLimit text) {
        return new Builder(text);
    }

    /** Puts the data together; each adapter reads as a list of what its platform does. */
    public static final class Builder {
        private final Set<Kind> receives = EnumSet.of(Kind.TEXT);
        private final Map<Kind, Files> sends = new EnumMap<>(Map.of(Kind.TEXT, Files.NONE));
        private final Set<Report> reports = EnumSet.of(Report.SENT);
        private final TextLimit text;
        private Initiative initiative = Initiative.CUSTOMER;
        private boolean typing;
        private Duration recall = Duration.ZERO;

        private Builder(TextLimit text) {
            this.text = text;
        }

        public Builder receives(Kind... kinds) {
            receives.addAll(Set.of(kinds));
            return this;
        }

        public Builder sends(Kind... kinds) {
            for (var kind : kinds) {
                sends.put(kind, Files.NONE);
            }
            return this;
        }

        public Builder sends(Kind kind, Files files) {
            sends.put(kind, files);
            return this;
        }

        public Builder reports(Report... others) {
            reports.addAll(Set.of(others));
            return this;
        }

        public Builder begunBy(Initiative who) {
            initiative = who;
            return this;
        }

        public Builder typing(boolean shown) {
            typing = shown;
            return this;
        }

        public Builder recall(Duration within) {
            recall = within;
            return this;
        }

        public Capabilities build() {
            return new Capabilities(receives, sends, text, initiative, reports, typing, recall);
        }
    }
}
