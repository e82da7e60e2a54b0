package io.guanjia.gateway.channel;

import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many messages may follow what a customer does, and for how long, as settings say it. Null is
 * what they leave as it is.
 */
public record WindowSetting(@Nullable Integer messages, @Nullable Duration lifetime) {

    /** The defaults, as far as the settings do not say otherwise. */
    public static Map<Trigger, WindowSetting> merged(
            Map<Trigger, WindowSetting> defaults, @Nullable Map<Trigger, WindowSetting> changes) {
        var merged = new EnumMap<Trigger, WindowSetting>(Trigger.class);
        merged.putAll(defaults);
        if (changes != null) {
            changes.forEach((trigger, change) -> merged.merge(trigger, change, WindowSetting::as));
        }
        return Map.copyOf(merged);
    }

    private WindowSetting as(WindowSetting change) {
        return new WindowSetting(
                change.messages == null ? messages : change.messages,
                change.lifetime == null ? lifetime : change.lifetime);
    }

    /** The rules that allow anything. */
    public static List<WindowRule> rules(Map<Trigger, WindowSetting> windows) {
        return windows.entrySet().stream()
                .flatMap(entry -> entry.getValue().rule(entry.getKey()).stream())
                .toList();
    }

    private Optional<WindowRule> rule(Trigger trigger) {
        return messages == null || lifetime == null || messages <= 0
                ? Optional.empty()
                : Optional.of(new WindowRule(trigger, messages, lifetime));
    }
}
