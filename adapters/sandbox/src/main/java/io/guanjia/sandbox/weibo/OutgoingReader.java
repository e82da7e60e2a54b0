package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** Reads what an account says, which is the same in a response and by the API. */
final class OutgoingReader {

    /** 文本大小必须小于300个汉字. */
    private static final int TEXT_BELOW = 300;

    private static final int MOST_CARDS = 8;

    private OutgoingReader() {}

    /** What is said, or what is wrong with it. */
    sealed interface Outgoing {

        record Said(List<Bubble> bubbles) implements Outgoing {
            public Said {
                bubbles = List.copyOf(bubbles);
            }
        }

        record Wrong(WeiboError error) implements Outgoing {}
    }

    /**
     * @param data JSON
     */
    static Outgoing read(String type, String data) {
        var fields = Json.readObject(data);
        if (fields == null) {
            return new Outgoing.Wrong(WeiboError.PARAMETER_INVALID);
        }
        return switch (type) {
            case "text" -> text(fields);
            case "articles" -> cards(fields.path("articles"));
            case "position" -> position(fields);
            default -> new Outgoing.Wrong(WeiboError.PARAMETER_INVALID);
        };
    }

    private static Outgoing text(ObjectNode fields) {
        var words = Json.text(fields, "text");
        if (words.isBlank()) {
            return new Outgoing.Wrong(WeiboError.EMPTY);
        }
        return words.length() >= TEXT_BELOW
                ? new Outgoing.Wrong(WeiboError.TEXT_TOO_LONG)
                : new Outgoing.Said(List.of(Bubble.text(words)));
    }

    private static Outgoing cards(JsonNode articles) {
        var bubbles = new ArrayList<Bubble>();
        for (var article : articles.values()) {
            var card = card(article);
            if (card == null) {
                return new Outgoing.Wrong(WeiboError.PARAMETER_INVALID);
            }
            bubbles.add(card);
        }
        return bubbles.isEmpty() || bubbles.size() > MOST_CARDS
                ? new Outgoing.Wrong(WeiboError.PARAMETER_INVALID)
                : new Outgoing.Said(bubbles);
    }

    private static @Nullable Bubble card(JsonNode article) {
        var title = Json.text(article, "display_name");
        var url = Json.text(article, "url");
        if (title.isBlank() || url.isBlank() || !article.has("image")) {
            return null;
        }
        var summary = Json.text(article, "summary");
        return new Bubble("card", summary.isBlank() ? title : title + "\n" + summary, url);
    }

    private static Outgoing position(ObjectNode fields) {
        var latitude = Json.text(fields, "latitude");
        var longitude = Json.text(fields, "longitude");
        var number = "-?\\d{1,3}(\\.\\d+)?";
        return latitude.matches(number) && longitude.matches(number)
                ? new Outgoing.Said(
                        List.of(new Bubble("location", longitude + "," + latitude, null)))
                : new Outgoing.Wrong(WeiboError.PARAMETER_INVALID);
    }
}
