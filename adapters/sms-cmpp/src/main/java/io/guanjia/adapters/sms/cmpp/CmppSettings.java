package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.sms-cmpp}. */
@ConfigurationProperties("guanjia.channels.sms-cmpp")
public record CmppSettings(@DefaultValue List<CmppAccount> accounts) {

    public CmppSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<CmppAccount> accounts) {
        AccountCheck.requireDifferentNames(
                CmppChannel.NAME, accounts.stream().map(CmppAccount::name).toList());
    }
}
