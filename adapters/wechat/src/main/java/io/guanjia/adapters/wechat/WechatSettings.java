package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.AccountCheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.wechat}. */
@ConfigurationProperties("guanjia.channels.wechat")
public record WechatSettings(@DefaultValue List<WechatAccount> accounts) {

    public WechatSettings {
        accounts = List.copyOf(accounts);
        AccountCheck.requireDifferentNames(
                WechatChannel.NAME, accounts.stream().map(WechatAccount::name).toList());
    }
}
