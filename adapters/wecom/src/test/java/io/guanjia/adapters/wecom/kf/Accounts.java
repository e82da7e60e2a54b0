package io.guanjia.adapters.wecom.kf;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.HashMap;
import java.util.Map;

/** Accounts made the way the application makes them: from settings. */
final class Accounts {

    static final String CORP = "ww00000000000000a1";
    static final String SECRET = "kf-secret-value";
    static final String TOKEN = "guanjia-kf-token";
    static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";
    static final String KFID = "wkTESTKF000000000000000000000001";
    static final String PARTY = "wmTESTUSER0000000000000000000001";

    private Accounts() {}

    static WecomKfAccount demo(Map<String, String> changes) {
        return bind(settings(changes)).accounts().getFirst();
    }

    static WecomKfSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("guanjia.channels.wecom-kf", Bindable.of(WecomKfSettings.class))
                .get();
    }

    /** Complete settings of one account, with these changes; an empty value takes one away. */
    static Map<String, String> settings(Map<String, String> changes) {
        var account = new HashMap<String, String>();
        account.put("name", "demo");
        account.put("corp-id", CORP);
        account.put("secret", SECRET);
        account.put("token", TOKEN);
        account.put("aes-key", AES_KEY);
        account.put("open-kfid", KFID);
        account.put("end-session", "true");
        account.putAll(changes);
        var settings = new HashMap<String, String>();
        account.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        settings.put("guanjia.channels.wecom-kf.accounts[0]." + key, value);
                    }
                });
        return settings;
    }
}
