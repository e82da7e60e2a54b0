package io.guanjia.adapters.sms.cmpp;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.HashSet;
import java.util.List;

/** Settings under {@code guanjia.channels.sms-cmpp}. */
@ConfigurationProperties("guanjia.channels.sms-cmpp")
public record CmppSettings(@DefaultValue List<CmppAccount> accounts) {

    public CmppSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<CmppAccount> accounts) {
        var seen = new HashSet<String>();
        for (int i = 0; i < accounts.size(); i++) {
            if (!seen.add(accounts.get(i).name())) {
                throw new IllegalArgumentException(
                        "guanjia.channels.sms-cmpp.accounts["
                                + i
                                + "].name is taken by another account; names must differ");
            }
        }
    }
}
