package io.guanjia.adapters.sms.aliyun;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.sms-aliyun}. */
@ConfigurationProperties("guanjia.channels.sms-aliyun")
public record AliyunSettings(@DefaultValue List<AliyunAccount> accounts) {

    public AliyunSettings {
        accounts = List.copyOf(accounts);
    }
}
