package io.guanjia.adapters.sms.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/** Settings under {@code guanjia.channels.sms-http}. */
@ConfigurationProperties("guanjia.channels.sms-http")
public record HttpSmsSettings(@DefaultValue List<HttpSmsAccount> accounts) {

    public HttpSmsSettings {
        accounts = List.copyOf(accounts);
    }
}
