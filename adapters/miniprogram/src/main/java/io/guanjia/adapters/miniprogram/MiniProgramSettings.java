package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.miniprogram}. */
@ConfigurationProperties("guanjia.channels.miniprogram")
public record MiniProgramSettings(@DefaultValue List<MiniProgramAccount> accounts) {

    public MiniProgramSettings {
        accounts = List.copyOf(accounts);
        AccountCheck.requireDifferentNames(
                MiniProgramChannel.NAME, accounts.stream().map(MiniProgramAccount::name).toList());
    }
}
