package io.guanjia.adapters.wecom.kf;

import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedTokens;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WecomKfSettings.class)
public class WecomKfConfiguration {

    @Bean(destroyMethod = "close")
    WecomKfChannel wecomKfChannel(
            WecomKfSettings settings,
            SharedTokens tokens,
            MediaStore files,
            Cursors cursors,
            Intake intake,
            OneTimeCodes codes,
            Clock clock) {
        return new WecomKfChannel(
                settings.accounts(), tokens, files, cursors, intake, codes, clock);
    }

    @Bean
    KfSync wecomKfSync(WecomKfChannel channel) {
        return channel.sync();
    }
}
