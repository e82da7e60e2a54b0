package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.media.SafeFetch;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WechatSettings.class)
public class WechatConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Strangers wechatStrangers(SafeFetch fetch) {
        return fetch::fetch;
    }

    @Bean(destroyMethod = "close")
    WechatChannel wechatChannel(
            WechatSettings settings,
            SharedTokens tokens,
            MediaStore files,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {
        return new WechatChannel(settings.accounts(), tokens, files, strangers, json, clock);
    }
}
