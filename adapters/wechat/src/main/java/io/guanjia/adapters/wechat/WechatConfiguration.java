package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.SharedTokens;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WechatSettings.class)
public class WechatConfiguration {

    @Bean(destroyMethod = "close")
    DnsAddressResolverGroup wechatNameServers() {
        return new DnsAddressResolverGroup(
                new DnsNameResolverBuilder().datagramChannelType(NioDatagramChannel.class));
    }

    @Bean(destroyMethod = "close")
    WechatChannel wechatChannel(
            WechatSettings settings,
            SharedTokens tokens,
            ObjectProvider<MediaStore> files,
            JsonMapper json,
            DnsAddressResolverGroup wechatNameServers,
            Clock clock) {
        return new WechatChannel(
                settings.accounts(),
                tokens,
                files.getIfAvailable(() -> WechatConfiguration::noFiles),
                json,
                wechatNameServers,
                clock);
    }

    private static Mono<MediaStream> noFiles(String id) {
        return Mono.error(new MediaUnavailable("this installation keeps no files", true));
    }
}
