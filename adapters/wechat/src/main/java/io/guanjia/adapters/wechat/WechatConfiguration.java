package io.guanjia.adapters.wechat;

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
@EnableConfigurationProperties(WechatSettings.class)
public class WechatConfiguration {

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
