package io.guanjia.adapters.app;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.HashSet;
import java.util.List;

/**
 * Settings under {@code guanjia.channels.app}.
 *
 * @param maxSockets how many sockets one node holds open at most
 * @param demo whether {@code /widget-demo} shows the widget of the first account on a page
 */
@ConfigurationProperties("guanjia.channels.app")
public record AppSettings(
        @DefaultValue List<AppAccount> accounts,
        @DefaultValue("50000") int maxSockets,
        @DefaultValue("false") boolean demo) {

    public AppSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
        if (maxSockets < 1) {
            throw new IllegalArgumentException(
                    "guanjia.channels.app.max-sockets must be at least 1");
        }
    }

    static void requireDifferentNames(List<AppAccount> accounts) {
        var seen = new HashSet<String>();
        for (int i = 0; i < accounts.size(); i++) {
            if (!seen.add(accounts.get(i).name())) {
                throw new IllegalArgumentException(
                        "guanjia.channels.app.accounts["
                                + i
                                + "].name is taken by another account; names must differ");
            }
        }
    }
}
