package io.guanjia.sandbox.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The form that the gateway documents for {@code sms-http}. */
final class HttpDialect implements Dialect {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int PER_MINUTE = 30;
    private static final int PER_DAY = 50;

    @Override
    public String channel() {
        return "sms-http";
    }

    @Override
    public String api(Call call) {
        return "messages";
    }

    @Override
    public List<String> required() {
        return List.of("secret");
    }

    /** The call names nobody: whose secret fits, it is. */
    @Override
    public boolean names(Call call, Map<String, String> settings) {
        return seal(
                        settings.getOrDefault("secret", ""),
                        call.header("x-sms-timestamp"),
                        call.body())
                .equals(call.header("x-sms-signature"));
    }

    @Override
    public @Nullable Refusal distrust(Call call, SmsAccount account, Instant now) {
        var timestamp = call.header("x-sms-timestamp");
        return timestamp.matches("\\d{1,12}")
                        && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                        .abs()
                                        .compareTo(FRESH)
                                <= 0
                ? null
                : new Refusal(403, "unauthorized", "timestamp");
    }

    private static String seal(String secret, String timestamp, String body) {
        return Digest.hex(Digest.hmac(secret.getBytes(UTF_8), timestamp + "\n" + body));
    }

    @Override
    public Submission read(Call call, SmsAccount account) {
        var body = Json.readObject(call.body());
        if (body == null) {
            throw new Refusal(400, "refused", "no JSON");
        }
        return new Submission(
                Json.text(body, "id"),
                List.of(Json.text(body, "to")),
                Json.text(body, "sign"),
                null,
                Map.of(),
                Json.text(body, "text"));
    }

    @Override
    public @Nullable Refusal limit(
            Submission submission, Sent next, List<Sent> before, Instant now) {
        var minute = now.minusSeconds(60);
        if (before.stream().filter(sent -> sent.at().isAfter(minute)).count() >= PER_MINUTE) {
            return new Refusal(429, "number-per-minute", "30 a minute");
        }
        return before.size() >= PER_DAY
                ? new Refusal(429, "number-per-day", "50 in 24 hours")
                : null;
    }

    @Override
    public Refusal refusal(Flaw flaw) {
        return switch (flaw) {
            case CALLER -> new Refusal(401, "unauthorized", "signature");
            case NUMBER -> new Refusal(400, "unreachable", "no such number");
            case BLACKLIST -> new Refusal(400, "unreachable", "wants no messages");
            case SIGN -> new Refusal(403, "sign-name", "not approved");
            case BALANCE -> new Refusal(402, "balance", "nothing left");
            case TEMPLATE, PARAMETER, LENGTH -> new Refusal(400, "refused", "too long or empty");
        };
    }

    @Override
    public Reply answer(Submission submission, List<Result> results) {
        var result = results.getFirst();
        var refusal = result.refusal();
        return refusal == null
                ? new Reply(
                        200,
                        Json.object()
                                .put("id", result.id())
                                .put("parts", result.parts())
                                .toString())
                : answer(refusal);
    }

    @Override
    public Reply answer(Refusal refusal) {
        return new Reply(
                refusal.status() == 200 ? 400 : refusal.status(),
                Json.object()
                        .put("code", refusal.code())
                        .put("message", refusal.words())
                        .toString());
    }

    @Override
    public String fill(String content, Map<String, String> variables) {
        return content;
    }

    @Override
    public String newId(long number, Instant now) {
        return "sms-" + now.toEpochMilli() + "-" + number;
    }

    @Override
    public String said(SmsAccount account, Handset from, String text, long number, Instant at) {
        return Json.object()
                .put("type", "message")
                .put("id", Long.toString(number))
                .put("from", from.id())
                .put("text", text)
                .put("at", at.toString())
                .toString();
    }

    @Override
    public String report(Sent sent, boolean arrived, Instant at) {
        var report =
                Json.object()
                        .put("type", "report")
                        .put("id", sent.id())
                        .put("reference", sent.reference())
                        .put("to", sent.number())
                        .put("status", arrived ? "delivered" : "failed")
                        .put("at", at.toString());
        return (arrived ? report : report.put("reason", "关机")).toString();
    }

    /** With the key where there is one, else signed. */
    @Override
    public URI callback(SmsAccount account, URI base, String body, Instant at) {
        if (account.hasCallbackKey()) {
            return account.withKey(base);
        }
        var timestamp = Long.toString(at.getEpochSecond());
        return URI.create(
                base
                        + "?timestamp="
                        + timestamp
                        + "&signature="
                        + seal(account.setting("secret"), timestamp, body));
    }

    @Override
    public boolean acknowledges(int status, String answer) {
        return status == 200;
    }

    @Override
    public List<Duration> patience() {
        return List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(5));
    }
}
