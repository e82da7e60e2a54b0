package io.guanjia.adapters.weibo;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WeiboSettings.class)
public class WeiboConfiguration {

    @Bean(destroyMethod = "close")
    WeiboChannel weiboChannel(WeiboSettings settings, JsonMapper json, Clock clock) {
        return new WeiboChannel(settings.accounts(), json, clock);
    }
}
