package io.guanjia.adapters.wechat;

import io.guanjia.contract.FakePlatform;
import io.guanjia.weixin.api.Api;

import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for api.weixin.qq.com that hands out tokens and takes messages. */
final class Weixin {

    static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    private Weixin() {}

    static FakePlatform platform() {
        var platform = new FakePlatform();
        tokens(platform, "token-1");
        platform.answer(Api.CUSTOM_SEND.path(), OK);
        return platform;
    }

    /** Hands out these tokens, the next one at each forced refresh. */
    static void tokens(FakePlatform platform, String... tokens) {
        var next = new AtomicInteger();
        platform.script(
                Api.STABLE_TOKEN.path(),
                (request, response) -> {
                    if (request.json().path("force_refresh").asBoolean()) {
                        next.incrementAndGet();
                    }
                    return FakePlatform.json(
                            response,
                            "{\"access_token\":\""
                                    + tokens[next.get()]
                                    + "\",\"expires_in\":7200}");
                });
    }
}
