package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.media.MediaStore;
import io.guanjia.gateway.media.SafeFetch;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.UUID;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WechatSettings.class)
public class WechatConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OwnFiles wechatFiles(MediaStore store) {
        return id -> open(store, id);
    }

    @Bean
    @ConditionalOnMissingBean
    Strangers wechatStrangers(SafeFetch fetch) {
        return fetch::fetch;
    }

    @Bean(destroyMethod = "close")
    WechatChannel wechatChannel(
            WechatSettings settings,
            SharedTokens tokens,
            OwnFiles files,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {
        return new WechatChannel(settings.accounts(), tokens, files, strangers, json, clock);
    }

    private static Mono<MediaStream> open(MediaStore store, String id) {
        return Mono.fromSupplier(() -> UUID.fromString(id))
                .flatMap(store::open)
                .map(
                        file ->
                                new MediaStream(
                                        file.media().name(),
                                        file.media().mimeType(),
                                        file.media().size(),
                                        file.bytes()))
                .switchIfEmpty(Mono.error(() -> new MediaUnavailable("no such file", true)));
    }
}
