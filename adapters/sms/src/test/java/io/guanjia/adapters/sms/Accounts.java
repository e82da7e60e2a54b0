package io.guanjia.adapters.sms;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.HashMap;
import java.util.Map;

/** Settings as an administrator writes them, read as an application reads them. */
public final class Accounts {

    public static final String KEY = "callback-key-0001";

    private Accounts() {}

    /**
     * One account of that channel, with these changes to {@code usual}; an empty value takes one
     * away.
     */
    public static <S> S bind(
            String channel, Class<S> type, Map<String, String> usual, Map<String, String> changes) {
        var prefix = "guanjia.channels." + channel;
        var all = new HashMap<>(usual);
        all.putAll(changes);
        var properties = new HashMap<String, String>();
        all.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        properties.put(prefix + ".accounts[0]." + key, value);
                    }
                });
        return new Binder(new MapConfigurationPropertySource(properties)).bind(prefix, type).get();
    }
}
