package io.guanjia.adapters.sms.cmpp;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.HashMap;
import java.util.Map;

/** Accounts made the way the application makes them: from settings. */
final class Accounts {

    static final String SECRET = "line-secret-value";

    private Accounts() {}

    static CmppAccount main(Map<String, String> changes) {
        return bind(settings(changes)).accounts().getFirst();
    }

    static CmppSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("guanjia.channels.sms-cmpp", Bindable.of(CmppSettings.class))
                .get();
    }

    /** Complete settings of one account, with these changes; an empty value takes one away. */
    static Map<String, String> settings(Map<String, String> changes) {
        var account = new HashMap<String, String>();
        account.put("name", "main");
        account.put("api-base", "cmpp://127.0.0.1:7890");
        account.put("source-addr", "900001");
        account.put("secret", SECRET);
        account.put("service-id", "BANK01");
        account.put("src-id", "1069012345");
        account.putAll(changes);
        var settings = new HashMap<String, String>();
        account.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        settings.put("guanjia.channels.sms-cmpp.accounts[0]." + key, value);
                    }
                });
        return settings;
    }
}
