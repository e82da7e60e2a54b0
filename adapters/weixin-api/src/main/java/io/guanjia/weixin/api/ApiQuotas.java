package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.Inquiry;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/**
 * How often an account may still call what it sends by today. Source: 微信开放文档, 查询API调用额度
 * (getApiQuota).
 */
final class ApiQuotas {

    private final WeixinApi api;
    private final WeixinHttp http;
    private final JsonMapper json;
    private final Inquiry<List<CallsLeft>> inquiry;

    ApiQuotas(WeixinApi api, WeixinHttp http, JsonMapper json, List<Api> limited) {
        this.api = api;
        this.http = http;
        this.json = json;
        this.inquiry =
                new Inquiry<>(
                        () -> Flux.fromIterable(limited).concatMap(this::ask).collectList(),
                        Schedulers.parallel());
    }

    Flux<CallsLeft> look() {
        return inquiry.look().flatMapIterable(calls -> calls);
    }

    /** Nothing where the platform will not say: not every account may ask. */
    private Mono<CallsLeft> ask(Api limited) {
        var body = json.createObjectNode().put("cgi_path", limited.path()).toString();
        return api.look(Api.QUOTA_GET, token -> http.post(Api.QUOTA_GET, token, body))
                .map(answer -> answer.path("quota"))
                // Where the day has no limit all three numbers are 0.
                .filter(quota -> quota.path("daily_limit").asLong(0) > 0)
                .map(
                        quota ->
                                CallsLeft.today(
                                        limited.label(),
                                        quota.path("remain").asLong(0),
                                        quota.path("daily_limit").asLong(0)))
                .onErrorResume(Refused.class, refused -> Mono.empty())
                .onErrorResume(Blocked.class, blocked -> Mono.empty());
    }
}
