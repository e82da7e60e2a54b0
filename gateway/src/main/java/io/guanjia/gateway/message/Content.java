package io.guanjia.gateway.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What a message says. Adapters translate a channel's payload into one of these and nothing else.
 *
 * <p>The names of {@link JsonSubTypes} are what is stored and what the desk's interface shows; they
 * never change.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Content.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Content.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Content.Voice.class, name = "voice"),
    @JsonSubTypes.Type(value = Content.Video.class, name = "video"),
    @JsonSubTypes.Type(value = Content.File.class, name = "file"),
    @JsonSubTypes.Type(value = Content.Location.class, name = "location"),
    @JsonSubTypes.Type(value = Content.Link.class, name = "link"),
    @JsonSubTypes.Type(value = Content.MiniProgram.class, name = "mini-program"),
    @JsonSubTypes.Type(value = Content.Suggestions.class, name = "suggestions"),
    @JsonSubTypes.Type(value = Content.Choice.class, name = "choice"),
    @JsonSubTypes.Type(value = Content.Template.class, name = "template"),
    @JsonSubTypes.Type(value = Content.Native.class, name = "native"),
    @JsonSubTypes.Type(value = Event.Followed.class, name = "followed"),
    @JsonSubTypes.Type(value = Event.Unfollowed.class, name = "unfollowed"),
    @JsonSubTypes.Type(value = Event.Scanned.class, name = "scanned"),
    @JsonSubTypes.Type(value = Event.MenuTapped.class, name = "menu-tapped"),
    @JsonSubTypes.Type(value = Event.LocationReported.class, name = "location-reported"),
    @JsonSubTypes.Type(value = Event.Entered.class, name = "entered"),
    @JsonSubTypes.Type(value = Event.Introduced.class, name = "introduced"),
    @JsonSubTypes.Type(value = Event.TakenElsewhere.class, name = "taken-elsewhere"),
    @JsonSubTypes.Type(value = Event.AnsweredElsewhere.class, name = "answered-elsewhere"),
    @JsonSubTypes.Type(value = Event.LeftElsewhere.class, name = "left-elsewhere"),
    @JsonSubTypes.Type(value = Event.Other.class, name = "event"),
    @JsonSubTypes.Type(value = Content.Unreadable.class, name = "unreadable"),
})
public sealed interface Content
        permits Content.Text,
                Content.Image,
                Content.Voice,
                Content.Video,
                Content.File,
                Content.Location,
                Content.Link,
                Content.MiniProgram,
                Content.Suggestions,
                Content.Choice,
                Content.Template,
                Content.Native,
                Content.Unreadable,
                Event {

    /** Words. Never blank. */
    record Text(String body) implements Content {
        public Text {
            if (body.isBlank()) {
                throw new IllegalArgumentException("body is blank");
            }
        }
    }

    /** A picture. */
    record Image(Media media) implements Content {}

    /**
     * A voice note.
     *
     * @param recognition what the platform heard in it, when it listens
     * @param format the platform's word for the encoding, such as {@code amr}
     */
    record Voice(Media media, @Nullable String recognition, @Nullable String format)
            implements Content {}

    /** A film. {@code thumbnail} is its still picture. */
    record Video(
            Media media,
            @Nullable Media thumbnail,
            @Nullable String title,
            @Nullable String description)
            implements Content {}

    /** A document. {@code size} is in bytes. */
    record File(Media media, @Nullable String name, @Nullable Long size) implements Content {}

    /** A place, in the degrees of the platform's own datum (GCJ-02 in China). */
    record Location(
            double latitude, double longitude, @Nullable String label, @Nullable Double scale)
            implements Content {}

    /** A card that opens a page. {@code picture} is the address of its picture. */
    record Link(String title, @Nullable String description, String url, @Nullable String picture)
            implements Content {}

    /** A card that opens a mini program. */
    record MiniProgram(String title, String appid, String path, @Nullable Media thumbnail)
            implements Content {}

    /**
     * Some words and what the customer may choose to say next. A channel without menus numbers
     * them.
     */
    record Suggestions(String text, List<Option> options, @Nullable String tail)
            implements Content {
        public Suggestions {
            options = List.copyOf(options);
        }
    }

    /** One of the things a customer may choose. {@code id} comes back in {@link Choice}. */
    record Option(String id, String label) {}

    /** The customer chose one of the {@link Suggestions}. */
    record Choice(String id, String label) implements Content {}

    /** A message in a form the platform has approved, filled in with {@code data}. */
    record Template(
            Kind kind,
            String templateId,
            @Nullable String url,
            @Nullable MiniProgramTarget miniProgram,
            Map<String, String> data)
            implements Content {
        public Template {
            data = Map.copyOf(data);
        }

        /** How the customer agreed to it: once and for all, or for each message. */
        public enum Kind {
            /** 模板消息. */
            NOTIFICATION,
            /** 订阅通知: one agreement, one message. */
            SUBSCRIPTION
        }

        /** Where a tap leads. */
        public record MiniProgramTarget(String appid, String path) {}
    }

    /**
     * Content that only one channel has, in that channel's own words, such as {@code wxcard}.
     *
     * @param kind the channel's name for it
     * @param payload the channel's fields, as they are
     */
    record Native(String kind, Map<String, Object> payload) implements Content {
        public Native {
            payload = Map.copyOf(payload);
        }
    }

    /**
     * A payload we cannot read yet. Kept raw, so an agent can see it and a later release can replay
     * it.
     */
    record Unreadable(String raw) implements Content {}
}
