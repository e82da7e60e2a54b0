package io.guanjia.adapters.sms.tencent;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.sms-tencent}. */
@ConfigurationProperties("guanjia.channels.sms-tencent")
public record TencentSettings(@DefaultValue List<TencentAccount> accounts) {

    public TencentSettings {
        accounts = List.copyOf(accounts);
    }
}
