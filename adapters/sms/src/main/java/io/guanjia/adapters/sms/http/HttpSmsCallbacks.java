package io.guanjia.adapters.sms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.CallbackEntry;
import io.guanjia.adapters.sms.CallbackGuard;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.Reading.Answers;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.PhoneNumber;
import io.guanjia.gateway.message.Receipt.Outcome;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Messages and reports, one as an object or several in an array. Either the address has the key, or
 * it has {@code timestamp} and {@code signature}.
 */
final class HttpSmsCallbacks {

    private static final Answers RECEIVED = JsonBody.answer("{\"code\":\"ok\"}");

    private final HttpSmsAccount account;
    private final CallbackGuard guard;
    private final BodySeal seal;

    HttpSmsCallbacks(HttpSmsAccount account, BodySeal seal) {
        this.account = account;
        this.guard = new CallbackGuard(account.callbackKey(), account.callbackFrom());
        this.seal = seal;
    }

    Reading read(Callback callback) {
        guard.check(callback);
        if (account.callbackKey() == null) {
            requireSeal(callback);
        }
        return new Reading(
                JsonBody.readEntries(callback).stream()
                        .map(fields -> inbound(callback, fields))
                        .toList(),
                RECEIVED);
    }

    private void requireSeal(Callback callback) {
        var timestamp = callback.query().getOrDefault("timestamp", "");
        var body = new String(callback.body(), UTF_8);
        if (!seal.isOn(timestamp, body, callback.query().get("signature"))) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "signature");
        }
        if (age(timestamp, callback.receivedAt()).compareTo(account.callbackMaxAge()) > 0) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "stale");
        }
    }

    private static Duration age(String timestamp, Instant now) {
        try {
            return Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "stale");
        }
    }

    private static Inbound inbound(Callback callback, JsonNode fields) {
        return switch (JsonBody.text(fields, "type")) {
            case "message" -> said(entry(callback, fields, "from"));
            case "report" -> report(entry(callback, fields, "to"));
            default -> entry(callback, fields, "from").unreadable();
        };
    }

    private static CallbackEntry entry(Callback callback, JsonNode fields, String number) {
        return CallbackEntry.of(callback, fields, PhoneNumber.e164(JsonBody.text(fields, number)));
    }

    private static Inbound said(CallbackEntry entry) {
        var text = entry.text("text");
        return text.isBlank() || !entry.namesSomebody()
                ? entry.unreadable()
                : entry.said(text, entry.text("id"), entry.text("at"), at(entry));
    }

    private static Inbound report(CallbackEntry entry) {
        var id = entry.text("id");
        var ours = entry.text("reference");
        var status = entry.text("status");
        if (id.isEmpty() || !entry.namesSomebody()) {
            return entry.unreadable();
        }
        return switch (status) {
            case "delivered" -> entry.report(id, ours, Outcome.DELIVERED, status, null, at(entry));
            case "failed" ->
                    entry.report(id, ours, Outcome.FAILED, status, entry.text("reason"), at(entry));
            default -> entry.unreadable();
        };
    }

    /** Such as 2026-03-02T08:30:15Z or 2026-03-02T16:30:15+08:00. */
    private static Instant at(CallbackEntry entry) {
        try {
            return OffsetDateTime.parse(entry.text("at")).toInstant();
        } catch (DateTimeException e) {
            return entry.receivedAt();
        }
    }
}
