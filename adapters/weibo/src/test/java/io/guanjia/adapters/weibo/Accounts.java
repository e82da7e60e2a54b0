package io.guanjia.adapters.weibo;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts made the way the application makes them: from settings. */
final class Accounts {

    static final String SECRET = "app-secret-value-1";
    static final String TOKEN = "2.00token+/=value";
    static final String UID = "5011223344";
    static final String CUSTOMER = "6099887766";

    private Accounts() {}

    static WeiboAccount demo(Map<String, String> changes) {
        return bind(settings(changes)).accounts().getFirst();
    }

    static WeiboChannel channel(Map<String, String> changes) {
        return new WeiboChannel(
                List.of(demo(changes)),
                JsonMapper.shared(),
                Clock.fixed(Callbacks.NOW, ZoneOffset.UTC));
    }

    static WeiboSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("guanjia.channels.weibo", Bindable.of(WeiboSettings.class))
                .get();
    }

    /** Complete settings of one account with these changes; an empty value takes one away. */
    static Map<String, String> settings(Map<String, String> changes) {
        var account = new HashMap<String, String>();
        account.put("name", "demo");
        account.put("uid", UID);
        account.put("app-key", "1234567890");
        account.put("app-secret", SECRET);
        account.put("access-token", TOKEN);
        account.putAll(changes);
        var settings = new HashMap<String, String>();
        account.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        settings.put("guanjia.channels.weibo.accounts[0]." + key, value);
                    }
                });
        return settings;
    }
}
