package io.guanjia.contract;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.TextLimit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of channels in the README: one row for each, made of what the channel declares. Who
 * adds a channel adds its row, which the channel's contract test prints.
 */
public final class ReadmeTable {

    public static final String HEAD =
            "| channel | comes in | goes out | longest text | reply window | we may begin |"
                    + " platform reports | also |";

    private static final String TITLE = "## Channels";

    private ReadmeTable() {}

    /** The rows as they stand, without the head. */
    public static List<String> rows() {
        var file = Path.of(System.getProperty("guanjia.root", "../.."), "README.md");
        try {
            return Files.readAllLines(file).stream()
                    .dropWhile(line -> !line.equals(TITLE))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| `"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The channel that a row is about. */
    public static String channel(String row) {
        return row.replaceAll("^\\| `([^`]+)` .*", "$1");
    }

    /** What the row of a channel should be. */
    public static String row(String channel, ChannelAccount account) {
        var capabilities = account.capabilities();
        return "| "
                + String.join(
                        " | ",
                        "`" + channel + "`",
                        kinds(capabilities.receives(), _ -> ""),
                        kinds(
                                capabilities.sends().keySet(),
                                kind -> upTo(capabilities.sends().get(kind))),
                        text(capabilities.text()),
                        windows(account.windows()),
                        switch (capabilities.initiative()) {
                            case CUSTOMER -> "no";
                            case APPROVED_FORM -> "with an approved form";
                            case MEMBER -> "once a member agrees";
                            case CONSENT -> "with consent";
                            case ANYBODY -> "yes";
                        },
                        capabilities.reports().stream()
                                .sorted()
                                .map(report -> report.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                        also(capabilities.typing(), capabilities.recall()))
                + " |";
    }

    private static String kinds(Collection<Kind> kinds, Function<Kind, String> more) {
        return kinds.stream()
                .sorted()
                .map(
                        kind ->
                                kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                        + more.apply(kind))
                .collect(Collectors.joining(", "));
    }

    /** How large a file may be; nothing for what is none. */
    private static String upTo(Capabilities.@Nullable Files files) {
        return files == null || files.maxBytes() == 0
                ? ""
                : " ≤ " + files.maxBytes() / (1024 * 1024) + " MB";
    }

    private static String text(TextLimit limit) {
        var most = limit.most() + " " + limit.unit().name().toLowerCase(Locale.ROOT);
        var parts = limit.parts();
        return parts == null
                ? most
                : most + ", billed by " + parts.alone() + ", then " + parts.each();
    }

    private static String windows(List<WindowRule> rules) {
        return rules.isEmpty()
                ? "none"
                : rules.stream()
                        .sorted(Comparator.comparing(WindowRule::trigger))
                        .map(
                                rule ->
                                        rule.trigger().name().toLowerCase(Locale.ROOT)
                                                + " "
                                                + rule.messages()
                                                + " in "
                                                + lasting(rule.lifetime()))
                        .collect(Collectors.joining(", "));
    }

    private static String lasting(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String also(boolean typing, Duration recall) {
        var also =
                Stream.of(
                                typing ? "typing sign" : "",
                                recall.isPositive() ? "recall within " + lasting(recall) : "")
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.joining(", "));
        return also.isEmpty() ? "–" : also;
    }
}
