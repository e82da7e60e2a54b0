package io.guanjia.adapters.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells the company's own push service that a customer who is not connected has a message. Calls of
 * one message share their {@code Idempotency-Key}, so a repeated one need not buzz twice.
 */
final class PushWebhook {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int PREVIEW = 100;
    private static final int TOO_MANY_REQUESTS = 429;

    /** How long the service is left alone after it said that it was too much. */
    private static final Duration REST = Duration.ofMinutes(1);

    /** How long it is left alone after it did not answer: what waits must not hold up others. */
    private static final Duration BREATH = Duration.ofSeconds(10);

    /** After a rest one call finds out, and the others wait for it so long. */
    private static final Duration TRIAL = Duration.ofSeconds(10);

    private final AppAccount account;
    private final ApiClient client;
    private final JsonMapper mapper;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> restsUntil = new AtomicReference<>();
    private volatile @Nullable String problem;

    PushWebhook(
            AppAccount account, ConnectionProvider connections, JsonMapper mapper, Clock clock) {
        this.account = account;
        this.client =
                new ApiClient(
                        Objects.requireNonNull(account.pushWebhook()),
                        account.timeout(),
                        connections);
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * Fails with {@link Unavailable}: whatever happened, asking again does no harm; or, without
     * having called, with {@link Throttled} while the service is left alone.
     */
    Mono<Void> call(Push push) {
        return Mono.defer(
                        () -> {
                            var rest = rest();
                            if (rest != null) {
                                return Mono.error(resting(rest));
                            }
                            var body = push.body().getBytes(UTF_8);
                            return client.post("", headers(push, body), body);
                        })
                .onErrorMap(
                        failure ->
                                failure instanceof DeliveryException
                                        && !(failure instanceof Throttled),
                        failure -> down(((DeliveryException) failure).reason()))
                .flatMap(this::judged);
    }

    /** Who has no phone to push to reads it when they come back. */
    private Mono<Void> judged(ApiAnswer answer) {
        var status = answer.status();
        if ((status >= 200 && status < 300) || status == 404 || status == 410) {
            problem = null;
            restsUntil.set(null);
            return Mono.empty();
        }
        if (status == TOO_MANY_REQUESTS) {
            problem = "busy";
            restsUntil.set(clock.instant().plus(REST));
            return Mono.error(Throttled.alone("push: HTTP 429", REST));
        }
        if (status >= 500) {
            return Mono.error(down("HTTP " + status));
        }
        problem = "refused";
        return Mono.error(new Unavailable("push: HTTP " + status));
    }

    /** How long to leave the service alone; null for whoever may call it now. */
    private @Nullable Duration rest() {
        var until = restsUntil.get();
        var now = clock.instant();
        if (until == null) {
            return null;
        }
        // One that has longer to go than any lasts began before the clock was set back.
        if (until.isAfter(now) && !until.isAfter(now.plus(REST))) {
            return Duration.between(now, until);
        }
        return restsUntil.compareAndSet(until, now.plus(TRIAL)) ? null : TRIAL;
    }

    private static Throttled resting(Duration rest) {
        return Throttled.alone("push: left alone for a while", rest);
    }

    private Unavailable down(String reason) {
        problem = "down";
        restsUntil.set(clock.instant().plus(BREATH));
        return new Unavailable("push: " + reason);
    }

    HealthSign health() {
        var now = problem;
        return now == null ? HealthSign.well("push", null) : HealthSign.ill("push", now);
    }

    /** What the service is to be told of a message. */
    Push of(OutboundMessage message, Threads.Appended line) {
        return new Push(
                UUID.fromString(message.deliveryId()),
                line.owner(),
                mapper.writeValueAsString(body(message, line)));
    }

    private Map<String, Object> body(OutboundMessage message, Threads.Appended line) {
        var body = new LinkedHashMap<String, Object>();
        body.put("event", "message");
        body.put("account", account.name());
        body.put("customer", line.owner().party());
        body.put("id", message.deliveryId());
        body.put("sequence", line.sequence());
        body.put("kind", kind(message.content()));
        body.put("preview", preview(message.content()));
        body.put("at", clock.instant().toString());
        return body;
    }

    private Map<String, String> headers(Push push, byte[] body) {
        var timestamp = Long.toString(clock.instant().getEpochSecond());
        return Map.of(
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                push.delivery().toString(),
                "X-Guanjia-Timestamp",
                timestamp,
                "X-Guanjia-Signature",
                "sha256=" + signature(timestamp, body));
    }

    private String signature(String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            var key = Objects.requireNonNull(account.pushSecret()).getBytes(UTF_8);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((timestamp + ".").getBytes(UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String kind(Content content) {
        var kind = Capabilities.Kind.toSend(content);
        return kind == null ? "other" : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String preview(Content content) {
        var words =
                switch (content) {
                    case Content.Text text -> text.body();
                    case Content.Suggestions some -> some.text();
                    case Content.Link link -> link.title();
                    default -> "";
                };
        var length = words.codePointCount(0, words.length());
        return length <= PREVIEW ? words : words.substring(0, words.offsetByCodePoints(0, PREVIEW));
    }
}
