package io.guanjia.adapters.weibo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.HashSet;
import java.util.List;

/** Settings under {@code guanjia.channels.weibo}. */
@ConfigurationProperties("guanjia.channels.weibo")
public record WeiboSettings(@DefaultValue List<WeiboAccount> accounts) {

    public WeiboSettings {
        accounts = List.copyOf(accounts);
        requireDifferentNames(accounts);
    }

    static void requireDifferentNames(List<WeiboAccount> accounts) {
        var seen = new HashSet<String>();
        for (int i = 0; i < accounts.size(); i++) {
            if (!seen.add(accounts.get(i).name())) {
                throw new IllegalArgumentException(
                        "guanjia.channels.weibo.accounts["
                                + i
                                + "].name is taken by another account; names must differ");
            }
        }
    }
}
