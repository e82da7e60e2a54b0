package io.guanjia.adapters.sms.http;

import io.guanjia.adapters.sms.SmsChannel;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(HttpSmsSettings.class)
public class HttpSmsConfiguration {

    @Bean(destroyMethod = "close")
    SmsChannel<HttpSmsAccount> httpSmsChannel(HttpSmsSettings settings, Clock clock) {
        return new SmsChannel<>(new HttpSmsProvider(clock), settings.accounts());
    }
}
