package io.guanjia.adapters.wechat;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.media.SafeFetch;
import io.guanjia.weixin.api.Strangers;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Channels with one account, at a fixed time. */
final class Channels {

    static final Clock CLOCK = Clock.fixed(Callbacks.NOW, ZoneOffset.UTC);

    private Channels() {}

    static WechatChannel with(WechatAccount account) {
        return with(
                account,
                id -> Mono.error(new MediaUnavailable("no files", true)),
                new NoStrangers());
    }

    static WechatChannel with(WechatAccount account, MediaStore files, Strangers strangers) {
        return new WechatChannel(
                List.of(account), new MemoryTokens(), files, strangers, JsonMapper.shared(), CLOCK);
    }

    static final class NoStrangers implements Strangers {
        @Override
        public <T> Mono<T> fetch(
                URI address, long limit, Function<SafeFetch.Download, Mono<T>> use) {
            return Mono.error(new AssertionError("asked a stranger"));
        }
    }
}
