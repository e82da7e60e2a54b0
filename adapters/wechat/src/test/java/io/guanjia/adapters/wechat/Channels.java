package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaUnavailable;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Channels with one account, at a fixed time. */
final class Channels {

    static final Clock CLOCK = Clock.fixed(Callbacks.NOW, ZoneOffset.UTC);

    /** What the C library takes for addresses of this machine, name servers may too. */
    private static final Names NAMES =
            new Names(
                    Map.of(
                            "localhost", "127.0.0.1",
                            "2130706433", "127.0.0.1",
                            "0x7f.1", "127.0.0.1"));

    private Channels() {}

    static WechatChannel with(WechatAccount account) {
        return with(account, id -> Mono.error(new MediaUnavailable("no files", true)), CLOCK);
    }

    static WechatChannel with(WechatAccount account, MediaStore files, Clock clock) {
        return new WechatChannel(
                List.of(account), new MemoryTokens(), files, JsonMapper.shared(), NAMES, clock);
    }
}
