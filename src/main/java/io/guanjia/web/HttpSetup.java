package io.guanjia.web;

import io.netty.channel.ChannelOption;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;

import reactor.netty.NettyPipeline;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What HTTP is like here, beyond what the settings say. */
@Configuration(proxyBeanMethods = false)
class HttpSetup {

    /** In bytes; nothing but an upload is larger, and that has its own limit. */
    static final int LONGEST_BODY = 64 * 1024;

    /** Chinese unless English is preferred. */
    @Bean
    LocaleContextResolver localeContextResolver() {
        var resolver = new AcceptHeaderLocaleContextResolver();
        resolver.setSupportedLocales(List.of(Locale.CHINESE, Locale.ENGLISH));
        resolver.setDefaultLocale(Locale.CHINESE);
        return resolver;
    }

    /** A field that we don't know is a mistake of the caller, and is named rather than ignored. */
    @Bean
    WebFluxConfigurer strictBodies(JsonMapper mapper) {
        var strict =
                mapper.rebuild()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
                var decoder = new JacksonJsonDecoder(strict);
                decoder.setMaxInMemorySize(LONGEST_BODY);
                configurer.defaultCodecs().jacksonJsonDecoder(decoder);
                configurer.defaultCodecs().maxInMemorySize(LONGEST_BODY);
            }
        };
    }

    /** Who sends or reads one byte a second doesn't hold on to a connection for long. */
    @Bean
    NettyServerCustomizer patience() {
        return server ->
                server.readTimeout(Duration.ofSeconds(15))
                        .requestTimeout(Duration.ofMinutes(2))
                        .childOption(ChannelOption.SO_KEEPALIVE, true);
    }

    /** No connection falls asleep. */
    @Bean
    NettyServerCustomizer readsOn() {
        return server ->
                server.doOnChannelInit(
                        (_, channel, _) -> {
                            var pipeline = channel.pipeline();
                            if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
                                pipeline.addBefore(
                                        NettyPipeline.HttpTrafficHandler,
                                        "guanjia.readsOn",
                                        new ReadsOn());
                            }
                        });
    }
}
