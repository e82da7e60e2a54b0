package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Files;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.TextLimit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What SMS can carry, whoever carries it: words. Whoever has consented can be written to first. */
public final class SmsAbilities {

    private static final Map<Kind, String> WAYS =
            Map.of(Kind.TEXT, SmsChannel.SEND_TEXT, Kind.TEMPLATE, SmsChannel.SEND_TEMPLATE);

    private SmsAbilities() {}

    /**
     * An account as the gateway sees it. There is no reply window.
     *
     * @param sends text, templates or both
     * @param pace messages a second for each way; those of ways that it does not send by are left
     *     out
     */
    public static ChannelAccount account(
            String name, Set<Kind> sends, TextLimit text, Map<String, Double> pace) {
        var files = new HashMap<Kind, Files>();
        sends.forEach(kind -> files.put(kind, Files.NONE));
        var capabilities =
                new Capabilities(
                        Set.of(Kind.TEXT),
                        files,
                        text,
                        Initiative.CONSENT,
                        Set.of(Report.SENT, Report.DELIVERED, Report.FAILED),
                        false,
                        Duration.ZERO);
        var used = new HashMap<>(pace);
        used.keySet().retainAll(sends.stream().map(WAYS::get).toList());
        return new ChannelAccount(name, true, null, List.of(), used, capabilities);
    }

    /** The defaults of {@code pace} with the changes that somebody made to them. */
    public static Map<String, Double> pace(Map<String, Double> changes, double usual) {
        var pace = new HashMap<String, Double>();
        WAYS.values().forEach(way -> pace.put(way, usual));
        pace.putAll(changes);
        return Map.copyOf(pace);
    }
}
