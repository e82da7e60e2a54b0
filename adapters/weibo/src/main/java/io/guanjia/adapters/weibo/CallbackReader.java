package io.guanjia.adapters.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.weixin.protocol.Signature;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Verifies the callbacks of one account. Everything that does not add up fails with {@link
 * CallbackRejected}. Source: 微博开放平台, 验证消息真实性: the signature is WeChat's, with the App Secret in
 * place of the token, and it covers nothing of the message.
 */
final class CallbackReader {

    /** Seconds since 1970 reach this in the year 5138. The platform's own example is in millis. */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private final WeiboAccount account;
    private final MessageReader messages;
    private final ReplyWriter replies;
    private final JsonMapper json;

    CallbackReader(WeiboAccount account, ReplyWriter replies, JsonMapper json) {
        this.account = account;
        this.messages = new MessageReader(json);
        this.replies = replies;
        this.json = json;
    }

    /** Answers the check that follows 提交 in 开发者模式. */
    CallbackResponse handshake(Callback callback) {
        requireSignature(callback);
        var echo = callback.query().get("echostr");
        if (echo == null) {
            throw new CallbackRejected(CallbackRejected.Kind.MALFORMED, "echostr");
        }
        return CallbackResponse.text(echo);
    }

    Reading read(Callback callback) {
        requireSignature(callback);
        requireFresh(callback);
        var raw = new String(callback.body(), UTF_8);
        var message = parsed(raw);
        requireOurs(message);
        var inbound = messages.read(Origin.of(callback, message, raw), message);
        return new Reading(List.of(inbound), Passive.to(message, inbound, replies, json));
    }

    private JsonNode parsed(String raw) {
        JsonNode message;
        try {
            message = json.readTree(raw.startsWith("\uFEFF") ? raw.substring(1) : raw);
        } catch (JacksonException e) {
            throw new CallbackRejected(CallbackRejected.Kind.MALFORMED, "json");
        }
        if (!message.has("type") && !message.has("sender_id")) {
            throw new CallbackRejected(CallbackRejected.Kind.MALFORMED, "json");
        }
        return message;
    }

    private void requireSignature(Callback callback) {
        var query = callback.query();
        if (!Signature.matches(
                query.get("signature"),
                account.appSecret(),
                query.get("timestamp"),
                query.get("nonce"))) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "signature");
        }
    }

    private void requireFresh(Callback callback) {
        var maxAge = account.callbackMaxAge();
        if (maxAge != null
                && age(callback.query().get("timestamp"), callback.receivedAt()).compareTo(maxAge)
                        > 0) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "stale");
        }
    }

    private static Duration age(@Nullable String timestamp, Instant now) {
        try {
            var number = Long.parseLong(timestamp);
            var at =
                    number < LEAST_MILLIS
                            ? Instant.ofEpochSecond(number)
                            : Instant.ofEpochMilli(number);
            return Duration.between(at, now).abs();
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "stale");
        }
    }

    private void requireOurs(JsonNode message) {
        var uid = account.uid();
        if (uid != null && !uid.equals(message.path("receiver_id").asString(""))) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "receiver");
        }
    }
}
