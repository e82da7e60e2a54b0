package io.guanjia;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channels;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import java.time.Clock;

/** What everything else is given. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ids ids() {
        return Ids.timeOrdered();
    }

    @Bean
    Channels channels(ObjectProvider<Channel> channels) {
        return new Channels(channels.orderedStream().toList());
    }

    /**
     * Event loops of its own. The global ones die with the first application that is closed, and a
     * machine that runs several, as the tests do, would lose them all.
     */
    @Bean
    ReactorResourceFactory reactorResources() {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }
}
