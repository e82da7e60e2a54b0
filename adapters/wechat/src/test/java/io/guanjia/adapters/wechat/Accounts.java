package io.guanjia.adapters.wechat;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.HashMap;
import java.util.Map;

/** Accounts made the way the application makes them: from settings. */
final class Accounts {

    static final String TOKEN = "guanjia-token";
    static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";
    static final String APP_ID = "wx0000000000000001";
    static final String ORIGINAL = "gh_000000000001";
    static final String OPENID = "oABCD_customer-0000000000001";

    private Accounts() {}

    static WechatAccount demo(Map<String, String> changes) {
        return bind(settings(changes)).accounts().getFirst();
    }

    static WechatSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("guanjia.channels.wechat", Bindable.of(WechatSettings.class))
                .get();
    }

    /**
     * Complete settings of one account that takes callbacks of every kind, with these changes; an
     * empty value takes one away.
     */
    static Map<String, String> settings(Map<String, String> changes) {
        var account = new HashMap<String, String>();
        account.put("name", "demo");
        account.put("app-id", APP_ID);
        account.put("secret", "app-secret-value");
        account.put("token", TOKEN);
        account.put("aes-key", AES_KEY);
        account.put("mode", "compatible");
        account.putAll(changes);
        var settings = new HashMap<String, String>();
        account.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        settings.put("guanjia.channels.wechat.accounts[0]." + key, value);
                    }
                });
        return settings;
    }
}
