package io.guanjia.adapters.weibo;

import io.guanjia.adapters.weibo.ReplyWriter.Reply;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** One account at work: its callbacks, its token, its API. */
final class FansAccount {

    private final WeiboAccount settings;
    private final CallbackReader callbacks;
    private final ReplyWriter replies;
    private final AccessToken token;
    private final FansServiceApi api;
    private final RateLimits limits;
    private final MediaDownload downloads;

    FansAccount(
            WeiboAccount settings, ConnectionProvider connections, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.replies = new ReplyWriter(settings.articleImage(), json);
        this.callbacks = new CallbackReader(settings, replies, json);
        this.token = new AccessToken(settings, connections, json, clock);
        this.api = new FansServiceApi(settings, token, connections, json, clock);
        this.limits = new RateLimits(settings, token, connections, json, clock);
        this.downloads = new MediaDownload(settings, token, connections, json, clock);
    }

    WeiboAccount settings() {
        return settings;
    }

    CallbackReader callbacks() {
        return callbacks;
    }

    MediaDownload downloads() {
        return downloads;
    }

    /** Not all that only this channel has has a form that the platform takes, nor every place. */
    boolean canSay(Content content) {
        return switch (content) {
            case Content.Native _, Content.Location _ -> replies.write(content).isPresent();
            default -> true;
        };
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.fromCallable(() -> required(message.content()))
                .flatMap(reply -> api.send(message.to().party(), reply));
    }

    private Reply required(Content content) {
        return replies.write(content)
                .orElseThrow(
                        () ->
                                new Refused(
                                        content instanceof Content.Text
                                                ? "text must be shorter than 300 characters"
                                                : "a Weibo account cannot say this"));
    }

    Mono<HealthSign> health() {
        return token.health();
    }

    Flux<CallsLeft> callsLeft() {
        return limits.look();
    }
}
