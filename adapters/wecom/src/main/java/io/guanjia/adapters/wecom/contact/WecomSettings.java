package io.guanjia.adapters.wecom.contact;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.wecom}. */
@ConfigurationProperties("guanjia.channels.wecom")
public record WecomSettings(@DefaultValue List<WecomAccount> accounts) {

    public WecomSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<WecomAccount> accounts) {
        AccountCheck.requireDifferentNames(
                WecomChannel.NAME, accounts.stream().map(WecomAccount::name).toList());
    }
}
