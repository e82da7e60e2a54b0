package io.guanjia.adapters.sms.aliyun;

import io.guanjia.adapters.sms.SmsChannel;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(AliyunSettings.class)
public class AliyunConfiguration {

    @Bean(destroyMethod = "close")
    SmsChannel<AliyunAccount> aliyunSmsChannel(AliyunSettings settings, Clock clock) {
        return new SmsChannel<>(new AliyunProvider(clock), settings.accounts());
    }
}
