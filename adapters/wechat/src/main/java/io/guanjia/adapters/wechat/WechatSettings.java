package io.guanjia.adapters.wechat;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.HashSet;
import java.util.List;

/** Settings under {@code guanjia.channels.wechat}. */
@ConfigurationProperties("guanjia.channels.wechat")
public record WechatSettings(@DefaultValue List<WechatAccount> accounts) {

    public WechatSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<WechatAccount> accounts) {
        var seen = new HashSet<String>();
        for (int i = 0; i < accounts.size(); i++) {
            if (!seen.add(accounts.get(i).name())) {
                throw new IllegalArgumentException(
                        "guanjia.channels.wechat.accounts["
                                + i
                                + "].name is taken by another account; names must differ");
            }
        }
    }
}
