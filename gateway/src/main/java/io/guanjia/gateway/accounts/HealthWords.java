package io.guanjia.gateway.accounts;

import io.guanjia.gateway.accounts.Finding.Argument;
import io.guanjia.gateway.outbound.Reasons;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Puts findings into words: Chinese unless the locale is English.
 *
 * <p>A channel may bring words of its own in {@code health/<channel>.properties} of its resources:
 * a sentence for each {@code <part>.<problem>} it signals, and a name for each {@code api.<api>}.
 */
final class HealthWords {

    private static final String COMMON = "io.guanjia.gateway.accounts.health";
    private static final Control NO_FALLBACK =
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private HealthWords() {}

    static String of(Finding finding, String channel, Locale locale) {
        var arguments =
                finding.arguments().stream()
                        .map(argument -> words(argument, channel, locale))
                        .toArray();
        var sentence =
                text(finding.sentence(), channel, locale)
                        .or(() -> text("sign", channel, locale))
                        .map(pattern -> MessageFormat.format(pattern, arguments))
                        .orElse(finding.sentence());
        var share = finding.share();
        return share == null ? sentence : onSome(sentence, share, channel, locale);
    }

    private static String onSome(
            String sentence, Finding.Share share, String channel, Locale locale) {
        return text("on-some-nodes", channel, locale)
                .map(
                        pattern ->
                                MessageFormat.format(
                                        pattern,
                                        sentence,
                                        Integer.toString(share.nodes()),
                                        Integer.toString(share.of())))
                .orElse(sentence);
    }

    private static String words(Argument argument, String channel, Locale locale) {
        return switch (argument) {
            case Argument.Plain plain -> plain.text();
            case Argument.Reason reason -> Reasons.words(reason.code(), locale);
            case Argument.Api api -> text("api." + api.name(), channel, locale).orElse(api.name());
            case Argument.Lasting lasting -> lasting(lasting.duration(), channel, locale);
        };
    }

    private static String lasting(Duration duration, String channel, Locale locale) {
        var minutes = Math.max(1, duration.plusSeconds(59).toMinutes());
        var unit = minutes < 120 ? "minutes" : minutes < 48 * 60 ? "hours" : "days";
        var number =
                switch (unit) {
                    case "minutes" -> minutes;
                    case "hours" -> minutes / 60;
                    default -> minutes / (24 * 60);
                };
        return text(unit, channel, locale)
                .map(pattern -> MessageFormat.format(pattern, Long.toString(number)))
                .orElse(number + " " + unit);
    }

    private static Optional<String> text(String key, String channel, Locale locale) {
        return in("health." + channel, key, locale).or(() -> in(COMMON, key, locale));
    }

    private static Optional<String> in(String bundle, String key, Locale locale) {
        var language = locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.ROOT;
        try {
            return Optional.of(
                    ResourceBundle.getBundle(bundle, language, NO_FALLBACK).getString(key));
        } catch (MissingResourceException none) {
            return Optional.empty();
        }
    }
}
