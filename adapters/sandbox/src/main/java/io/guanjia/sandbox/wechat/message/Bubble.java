package io.guanjia.sandbox.wechat.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One thing in a chat, the way the phone shows it. Pictures and sounds are named by media id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Bubble.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Bubble.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Bubble.Voice.class, name = "voice"),
    @JsonSubTypes.Type(value = Bubble.Video.class, name = "video"),
    @JsonSubTypes.Type(value = Bubble.Location.class, name = "location"),
    @JsonSubTypes.Type(value = Bubble.Link.class, name = "link"),
    @JsonSubTypes.Type(value = Bubble.MiniProgram.class, name = "miniprogram"),
    @JsonSubTypes.Type(value = Bubble.Menu.class, name = "menu"),
    @JsonSubTypes.Type(value = Bubble.News.class, name = "news"),
    @JsonSubTypes.Type(value = Bubble.Music.class, name = "music"),
    @JsonSubTypes.Type(value = Bubble.Template.class, name = "template"),
    @JsonSubTypes.Type(value = Bubble.Reference.class, name = "reference"),
    @JsonSubTypes.Type(value = Bubble.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = Bubble.Deed.class, name = "deed"),
})
public sealed interface Bubble {

    /** The words in it, for tests and lists; empty where there are none. */
    default String words() {
        return "";
    }

    record Text(String content) implements Bubble {
        @Override
        public String words() {
            return content;
        }
    }

    record Image(String mediaId) implements Bubble {}

    record Voice(String mediaId, @Nullable String recognition) implements Bubble {}

    record Video(String mediaId, @Nullable String title, @Nullable String description)
            implements Bubble {}

    record Location(double latitude, double longitude, String label) implements Bubble {}

    record Link(String title, String description, String url, @Nullable String pictureUrl)
            implements Bubble {}

    record MiniProgram(String title, String appId, String pagePath, @Nullable String thumbMediaId)
            implements Bubble {}

    /** Sentences to tap. A tap comes back as {@link Message.MenuChoice}. */
    record Menu(String head, List<Choice> choices, String tail) implements Bubble {
        public Menu {
            choices = List.copyOf(choices);
        }

        @Override
        public String words() {
            return head;
        }

        /** One entry. */
        public record Choice(String id, String content) {}
    }

    record News(List<Article> articles) implements Bubble {
        public News {
            articles = List.copyOf(articles);
        }

        @Override
        public String words() {
            return articles.isEmpty() ? "" : articles.getFirst().title();
        }

        /** One picture with words that leads somewhere. */
        public record Article(String title, String description, String url, String pictureUrl) {}
    }

    record Music(String title, String description, String url) implements Bubble {}

    /** A template or subscription message, filled in. */
    record Template(
            String templateId,
            String title,
            List<Line> lines,
            @Nullable String url,
            @Nullable String miniProgramPage)
            implements Bubble {
        public Template {
            lines = List.copyOf(lines);
        }

        @Override
        public String words() {
            return title;
        }

        /**
         * @param key the field's name in the template
         * @param label what stands before the value
         */
        public record Line(String key, String label, String value) {}
    }

    /** Something kept elsewhere: a card, published articles. */
    record Reference(String kind, String id) implements Bubble {}

    /** Grey words in the middle, said by nobody. */
    record Notice(String content) implements Bubble {
        @Override
        public String words() {
            return content;
        }
    }

    /**
     * A tap or the like, of which the real phone shows nothing.
     *
     * @param event the {@code Event} it was reported as
     */
    record Deed(String event, String detail) implements Bubble {}
}
