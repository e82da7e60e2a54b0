package io.guanjia.gateway.channel;

import io.guanjia.gateway.channel.ManagedAccounts.Field;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the console asks for an account, in that order: first what somebody has to know of the
 * platform, then what is well as it is. The counterpart of {@link AccountCheck}, which looks at the
 * same settings.
 */
public final class AccountForm {

    private final List<Field> fields;

    private AccountForm(List<Field> fields) {
        this.fields = fields;
    }

    public static AccountForm of(Field... fields) {
        return new AccountForm(new ArrayList<>(List.of(fields)));
    }

    /**
     * What hardly anybody changes.
     *
     * @param standard what holds where nothing is written; null where that is nothing
     */
    public AccountForm advanced(Field field, @Nullable String standard) {
        fields.add(field.folded(standard));
        return this;
    }

    /** How long one call to the platform may take. */
    public AccountForm timeout(String standard) {
        return advanced(Field.text("timeout", "接口超时"), standard);
    }

    /** How long a callback is held back in the hope of an answer. */
    public AccountForm answerWithin(String standard) {
        return advanced(Field.text("answer-within", "即时回复等待"), standard);
    }

    /**
     * How many messages may follow what a customer does, and for how long.
     *
     * @param others what this channel has no rule for, but a setting may
     */
    public AccountForm windows(Map<Trigger, WindowSetting> standard, Trigger... others) {
        new TreeMap<>(standard).forEach(this::window);
        for (var other : others) {
            window(other, new WindowSetting(null, null));
        }
        return this;
    }

    private void window(Trigger trigger, WindowSetting standard) {
        var key = "windows." + trigger.name().toLowerCase(Locale.ROOT);
        var messages = standard.messages();
        var lifetime = standard.lifetime();
        advanced(
                Field.number(key + ".messages", key + ".messages"),
                messages == null ? null : messages.toString());
        advanced(
                Field.text(key + ".lifetime", key + ".lifetime"),
                lifetime == null ? null : words(lifetime));
    }

    /** Messages a second for each API. */
    public AccountForm pace(Map<String, Double> standard) {
        new TreeMap<>(standard)
                .forEach(
                        (api, rate) ->
                                advanced(
                                        Field.number("pace." + api, "pace." + api),
                                        BigDecimal.valueOf(rate)
                                                .stripTrailingZeros()
                                                .toPlainString()));
        return this;
    }

    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** As settings say it: {@code 48h}, {@code 1m}, {@code 20s}. */
    private static String words(Duration duration) {
        if (duration.toMinutesPart() == 0 && duration.toSecondsPart() == 0) {
            return duration.toHours() + "h";
        }
        return duration.toSecondsPart() == 0
                ? duration.toMinutes() + "m"
                : duration.toSeconds() + "s";
    }
}
