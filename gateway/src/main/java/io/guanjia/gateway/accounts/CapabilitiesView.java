package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.desk.TextLimitView;
import io.swagger.v3.oas.annotations.media.Schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an account can carry, and the platform's rules for it. */
@Schema(name = "Capabilities")
record CapabilitiesView(
        @Schema(description = "Kinds of content that may come in") List<String> receives,
        List<Sends> sends,
        TextLimitView text,
        @Schema(allowableValues = {"customer", "approved-form", "member", "consent", "anybody"})
                String initiative,
        @Schema(description = "Of sent, delivered, failed and read") List<String> reports,
        boolean typing,
        boolean recall,
        @Schema(description = "How long after a message went out it can be taken back; 0: never")
                long recallSeconds,
        @Schema(description = "Whether we may send of our own accord") boolean push,
        @Schema(description = "How many messages may follow; none: the channel has no such rule")
                List<Rule> windows,
        @Schema(description = "Messages a second for each API") Map<String, Double> pace) {

    /** One kind of content that can go out, with the files it takes. */
    @Schema(name = "Sends")
    record Sends(
            String kind,
            @Schema(description = "MIME types; empty for any, and for what is no file")
                    List<String> types,
            @Schema(description = "The largest; 0 for what is no file") long maxBytes) {}

    /** How many messages may follow what a customer does, and for how long. */
    @Schema(name = "WindowRule")
    record Rule(String trigger, int messages, long seconds) {}

    static CapabilitiesView of(ChannelAccount account) {
        var capabilities = account.capabilities();
        return new CapabilitiesView(
                words(capabilities.receives()),
                capabilities.sends().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> sends(entry.getKey(), entry.getValue()))
                        .toList(),
                TextLimitView.of(capabilities.text()),
                word(capabilities.initiative()),
                words(capabilities.reports()),
                capabilities.typing(),
                capabilities.canRecall(),
                capabilities.recall().toSeconds(),
                account.canPush(),
                account.windows().stream()
                        .map(
                                rule ->
                                        new Rule(
                                                word(rule.trigger()),
                                                rule.messages(),
                                                rule.lifetime().toSeconds()))
                        .sorted(Comparator.comparing(Rule::trigger))
                        .toList(),
                new TreeMap<>(account.pace()));
    }

    private static Sends sends(Capabilities.Kind kind, Capabilities.Files files) {
        return new Sends(word(kind), files.types().stream().sorted().toList(), files.maxBytes());
    }

    private static <E extends Enum<E>> List<String> words(Collection<E> values) {
        return values.stream().sorted().map(CapabilitiesView::word).toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
