package io.guanjia.gateway.downgrade;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns what an account cannot carry into the nearest thing it can.
 *
 * <ul>
 *   <li>Words that are too long become several messages, divided where a reader pauses.
 *   <li>Suggestions become a numbered list; the number can be answered. So do those that the
 *       platform's menu has no room for.
 *   <li>A card becomes its title and description with a link to its page, a place a link to the
 *       map: a short one, where that is shorter and customers can reach us.
 *   <li>A file becomes its name, or a film's title, with a link that expires.
 *   <li>A form that a platform has approved, and content of one channel's own, become nothing else.
 * </ul>
 *
 * <p>Nothing is cut, and addresses in words stay what they are. Pure but for the links, which are
 * made for the occasion; the short ones have to be kept with what they are said in.
 */
public final class Downgrade {

    /** 高德地图 URI API, 单点标注; takes GCJ-02, which is what platforms in China send. */
    private static final String MAP = "https://uri.amap.com/marker?position=%s,%s&name=%s";

    private final MessageSource messages;
    private final Locale locale;
    private final FileLinks files;
    private final ShortLinks pages;

    public Downgrade(MessageSource messages, Locale locale, FileLinks files, ShortLinks pages) {
        this.messages = messages;
        this.locale = locale;
        this.files = files;
        this.pages = pages;
    }

    /** What to say instead, in order; empty where there is no other way to say it. */
    public List<Said> fit(Content content, Capabilities account) {
        return fit(content, account, any -> true);
    }

    /**
     * As {@link #fit(Content, Capabilities)}, for an account that has no room for all content of a
     * kind that it carries.
     *
     * @param hasRoom whether the account can say exactly this
     */
    public List<Said> fit(
            Content content, Capabilities account, Predicate<? super Content> hasRoom) {
        if (account.carries(content) && hasRoom.test(content)) {
            return List.of(Said.asItIs(content));
        }
        var words = inWords(content);
        if (words == null || !account.canSend(Kind.TEXT)) {
            return List.of();
        }
        var said = words.within(account.text());
        return said.stream().map(Said::content).allMatch(hasRoom) ? said : List.of();
    }

    /** What stands for something, before it is divided. */
    private record Words(String text, List<ShortLink> links) {

        Words(String text) {
            this(text, List.of());
        }

        List<Said> within(TextLimit limit) {
            return Sentences.divide(text, limit).stream()
                    .map(part -> new Said(new Content.Text(part), links))
                    .toList();
        }
    }

    /** Null where words cannot stand for it. */
    private @Nullable Words inWords(Content content) {
        return switch (content) {
            case Content.Text text -> new Words(text.body());
            case Content.Suggestions some -> new Words(numbered(some));
            case Content.Link link -> page(lines(link.title(), link.description()), link.url());
            case Content.MiniProgram card ->
                    new Words(words("downgrade.mini-program", card.title()));
            case Content.Location place -> page(lines(place.label()), map(place));
            case Content.Image image -> file("", "downgrade.image", image.media());
            case Content.Voice voice -> file("", "downgrade.voice", voice.media());
            case Content.Video video ->
                    file(
                            lines(video.title(), video.description()),
                            "downgrade.video",
                            video.media());
            case Content.File file -> file(lines(file.name()), "downgrade.file", file.media());
            case Content.Template _,
                    Content.Native _,
                    Content.Choice _,
                    Content.Unreadable _,
                    Event _ ->
                    null;
        };
    }

    private String numbered(Content.Suggestions some) {
        var options =
                IntStream.range(0, some.options().size())
                        .mapToObj(i -> i + 1 + ". " + some.options().get(i).label())
                        .collect(Collectors.joining("\n"));
        return lines(some.text(), options, some.tail(), words("downgrade.options"));
    }

    private Words page(String title, String url) {
        return pages.to(url)
                .map(link -> new Words(lines(title, link.address()), List.of(link)))
                .orElseGet(() -> new Words(lines(title, url)));
    }

    /** What is written on a file, and below it where the file is; null where it is nowhere. */
    private @Nullable Words file(String written, String key, Media file) {
        return files.to(file)
                .map(uri -> new Words(lines(written, words(key, uri.toString()))))
                .orElse(null);
    }

    private static String map(Content.Location place) {
        var name = Objects.requireNonNullElse(place.label(), "");
        return MAP.formatted(
                place.longitude(),
                place.latitude(),
                URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private static String lines(@Nullable String... lines) {
        return Stream.of(lines)
                .filter(line -> line != null && !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
