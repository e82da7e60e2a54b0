package io.guanjia.gateway.link;

import io.guanjia.gateway.media.MediaSettings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import java.time.Clock;

/** Puts short links together. Needs a database, a clock and the settings of our public address. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinkSettings.class)
public class LinkConfiguration {

    @Bean
    KeyedLinks keyedLinks(MediaSettings settings) {
        return new KeyedLinks(settings);
    }

    @Bean
    KeptLinks keptLinks(DatabaseClient database, LinkSettings settings, Clock clock) {
        return new KeptLinks(database, settings, clock);
    }

    @Bean
    OldLinks oldLinks(KeptLinks links) {
        return new OldLinks(links);
    }
}
