package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.downgrade.ShortLink;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an account cannot carry is said in another way. Either way every part of it is sent, and
 * every word and address of it is found again.
 */
abstract class DowngradeContract extends WindowContract {

    private static final String FILE = "https://bank.example/f/1";
    private static final String PAGE = "https://bank.example/l/1";

    private final Downgrade downgrade =
            new Downgrade(
                    words(),
                    Locale.CHINESE,
                    file -> Optional.of(URI.create(FILE)),
                    url -> Optional.of(new ShortLink("1", PAGE, url)));

    @Test
    void saysInAnotherWayWhatItCannotCarry() {
        for (var kind : Kind.values()) {
            switch (kind) {
                case TEXT, IMAGE, VOICE, VIDEO, FILE, LOCATION, LINK, MINI_PROGRAM, SUGGESTIONS ->
                        assertSaid(kind.name(), sample(kind));
                case TEMPLATE, NATIVE -> {
                    if (capabilities().canSend(kind)) {
                        assertSaid(kind.name(), sample(kind));
                    } else {
                        assertThat(fitted(sample(kind)).said()).as(kind.name()).isEmpty();
                    }
                }
                case EVENT -> {
                    // Nobody sends one.
                }
            }
        }
    }

    @Test
    void dividesWordsThatAreTooLong() {
        var tooLong = "您的账单已经生成，请按时还款。".repeat(capabilities().text().most() / 8 + 1);

        assertSaid("a long text", new Content.Text(tooLong));
        assertThat(fitted(new Content.Text(tooLong)).said()).hasSizeGreaterThan(1);
    }

    /** More than most menus have room for. */
    @Test
    void losesNoneOfManySuggestions() {
        var options =
                IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> new Content.Option("o" + i, "第" + i + "种还款方式怎么办理"))
                        .toList();

        assertSaid("a long menu", new Content.Suggestions("您想问的是：", options, "也可以直接输入问题"));
    }

    /** What is said instead, and the short links in it. */
    private record Fitted(List<Content> said, List<ShortLink> links) {}

    /** As the gateway does it, with all that the account can carry and the channel can say. */
    private Fitted fitted(Content content) {
        var fitted =
                downgrade.fit(content, capabilities(), one -> channel().canSay(account(), one));
        return new Fitted(
                fitted.stream().map(one -> one.content()).toList(),
                fitted.stream().flatMap(one -> one.links().stream()).toList());
    }

    private void assertSaid(String what, Content content) {
        var fitted = fitted(content);
        var said = fitted.said();

        assertThat(said).as(what).isNotEmpty().allMatch(capabilities()::carries);
        if (!said.equals(List.of(content))) {
            assertThat(squeezed(opened(wordsOf(said), fitted.links())))
                    .as(what)
                    .contains(partsOf(content));
        }
        platformTakes();
        for (var one : said) {
            var before = taken();

            assertThat(failure(one)).as("%s as %s", what, one).isNull();
            assertThat(taken()).as("%s as %s", what, one).isGreaterThan(before);
        }
    }

    private static String wordsOf(List<Content> said) {
        assertThat(said).hasOnlyElementsOfType(Content.Text.class);
        return said.stream()
                .map(Content.Text.class::cast)
                .map(Content.Text::body)
                .collect(Collectors.joining());
    }

    /** With the addresses to which the short ones lead. */
    private static String opened(String words, List<ShortLink> links) {
        var opened = words;
        for (var link : links) {
            opened = opened.replace(link.address(), link.url());
        }
        return opened;
    }

    /** What the customer has to find again, without the space at which it may be divided. */
    private static List<String> partsOf(Content content) {
        return switch (content) {
            case Content.Text text -> parts(text.body());
            case Content.Link link -> parts(link.title(), link.description(), link.url());
            case Content.MiniProgram card -> parts(card.title());
            case Content.Location place ->
                    parts(
                            place.label(),
                            Double.toString(place.latitude()),
                            Double.toString(place.longitude()));
            case Content.Suggestions some -> partsOf(some);
            case Content.Image _, Content.Voice _ -> parts(FILE);
            case Content.Video video -> parts(video.title(), video.description(), FILE);
            case Content.File file -> parts(file.name(), FILE);
            case Content.Template _,
                    Content.Native _,
                    Content.Choice _,
                    Content.Unreadable _,
                    Event _ ->
                    throw new AssertionError("nothing else says " + content);
        };
    }

    /** Each option with the number by which it can be answered. */
    private static List<String> partsOf(Content.Suggestions some) {
        var parts = new ArrayList<>(parts(some.text(), some.tail()));
        for (int i = 0; i < some.options().size(); i++) {
            parts.addAll(parts(i + 1 + "." + some.options().get(i).label()));
        }
        return parts;
    }

    private static List<String> parts(@Nullable String... parts) {
        var present = new ArrayList<String>();
        for (var part : parts) {
            if (part != null) {
                present.add(squeezed(part));
            }
        }
        return present;
    }

    private static String squeezed(String words) {
        return words.replaceAll("\\s+", "");
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }
}
