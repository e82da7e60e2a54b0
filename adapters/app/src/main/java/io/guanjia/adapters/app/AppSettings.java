package io.guanjia.adapters.app;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
        AccountCheck.requireDifferentNames(
                AppChannel.NAME, accounts.stream().map(AppAccount::name).toList());
    }
}
