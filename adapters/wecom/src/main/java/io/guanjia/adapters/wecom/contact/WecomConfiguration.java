package io.guanjia.adapters.wecom.contact;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedTokens;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WecomSettings.class)
public class WecomConfiguration {

    @Bean(destroyMethod = "close")
    WecomChannel wecomChannel(
            WecomSettings settings,
            SharedTokens tokens,
            MediaStore files,
            OneTimeCodes codes,
            Clock clock) {
        return new WecomChannel(settings.accounts(), tokens, files, codes, clock);
    }
}
