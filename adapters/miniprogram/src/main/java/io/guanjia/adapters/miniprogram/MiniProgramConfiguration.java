package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.weixin.api.Strangers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(MiniProgramSettings.class)
public class MiniProgramConfiguration {

    @Bean(destroyMethod = "close")
    MiniProgramChannel miniProgramChannel(
            MiniProgramSettings settings,
            SharedTokens tokens,
            MediaStore files,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {
        return new MiniProgramChannel(settings.accounts(), tokens, files, strangers, json, clock);
    }
}
