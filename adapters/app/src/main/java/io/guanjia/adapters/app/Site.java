package io.guanjia.adapters.app;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.socket.SameOrigin;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** One account at work. */
final class Site {

    private final AppAccount settings;
    private final Tokens tokens;
    private final MediaLinks links;
    private final @Nullable PushWebhook push;

    Site(AppAccount settings, ConnectionProvider connections, JsonMapper mapper, Clock clock) {
        this.settings = settings;
        this.tokens = new Tokens(settings, clock);
        this.links = new MediaLinks(settings, clock);
        this.push =
                settings.pushWebhook() == null
                        ? null
                        : new PushWebhook(settings, connections, mapper, clock);
    }

    AppAccount settings() {
        return settings;
    }

    Tokens tokens() {
        return tokens;
    }

    MediaLinks links() {
        return links;
    }

    /** Whether somebody has to be told of messages for customers who are not here. */
    boolean pushes() {
        return push != null;
    }

    /** Empty where nobody is to be told. */
    Optional<Push> pushOf(OutboundMessage message, Threads.Appended line) {
        return Optional.ofNullable(push).map(webhook -> webhook.of(message, line));
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Void> push(Push about) {
        return push == null ? Mono.empty() : push.call(about);
    }

    /**
     * Whether a page may connect: one of ours, or one of the settings'. Apps send no origin. A page
     * without one of its own, such as a sandboxed frame, says {@code null} and counts as foreign.
     */
    boolean lets(ServerHttpRequest request) {
        var origin = request.getHeaders().getOrigin();
        return origin == null
                || settings.origins().contains(origin.toLowerCase(Locale.ROOT))
                || SameOrigin.ours(request);
    }

    Flux<HealthSign> health() {
        return push == null ? Flux.empty() : Flux.just(push.health());
    }

    boolean canSay(Content content) {
        return settings.described().capabilities().carries(content);
    }
}
