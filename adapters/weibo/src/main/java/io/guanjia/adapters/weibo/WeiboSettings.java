package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.weibo}. */
@ConfigurationProperties("guanjia.channels.weibo")
public record WeiboSettings(@DefaultValue List<WeiboAccount> accounts) {

    public WeiboSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<WeiboAccount> accounts) {
        AccountCheck.requireDifferentNames(
                WeiboChannel.NAME, accounts.stream().map(WeiboAccount::name).toList());
    }
}
