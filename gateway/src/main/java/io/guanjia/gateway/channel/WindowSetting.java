package io.guanjia.gateway.channel;

import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.message.Trigger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How many messages may follow what a customer does, and for how long, as settings say it. */
public record WindowSetting(int messages, Duration lifetime) {

    /** The rules that allow anything. */
    public static List<WindowRule> rules(Map<Trigger, WindowSetting> windows) {
        return windows.entrySet().stream()
                .filter(entry -> entry.getValue().messages() > 0)
                .map(
                        entry ->
                                new WindowRule(
                                        entry.getKey(),
                                        entry.getValue().messages(),
                                        entry.getValue().lifetime()))
                .toList();
    }
}
