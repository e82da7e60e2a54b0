package io.guanjia.adapters.wecom.kf;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.wecom-kf}. */
@ConfigurationProperties("guanjia.channels.wecom-kf")
public record WecomKfSettings(@DefaultValue List<WecomKfAccount> accounts) {

    public WecomKfSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<WecomKfAccount> accounts) {
        AccountCheck.requireDifferentNames(
                WecomKfChannel.NAME, accounts.stream().map(WecomKfAccount::name).toList());
    }
}
