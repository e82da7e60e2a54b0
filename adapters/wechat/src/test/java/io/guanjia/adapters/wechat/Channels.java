package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Channels with one account, at a fixed time. */
final class Channels {

    static final Clock CLOCK = Clock.fixed(Callbacks.NOW, ZoneOffset.UTC);

    private Channels() {}

    static WechatChannel with(WechatAccount account) {
        return with(account, id -> Mono.error(new MediaUnavailable("no files", true)), CLOCK);
    }

    static WechatChannel with(WechatAccount account, MediaStore files, Clock clock) {
        return new WechatChannel(
                List.of(account),
                new MemoryTokens(),
                files,
                JsonMapper.shared(),
                new DnsAddressResolverGroup(
                        new DnsNameResolverBuilder().datagramChannelType(NioDatagramChannel.class)),
                clock);
    }
}
