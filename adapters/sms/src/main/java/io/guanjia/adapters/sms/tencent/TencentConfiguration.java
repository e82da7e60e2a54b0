package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.SmsChannel;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(TencentSettings.class)
public class TencentConfiguration {

    @Bean(destroyMethod = "close")
    SmsChannel<TencentAccount> tencentSmsChannel(TencentSettings settings, Clock clock) {
        return new SmsChannel<>(new TencentProvider(clock), settings.accounts());
    }
}
