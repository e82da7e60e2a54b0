package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.CallbackEntry;
import io.guanjia.adapters.sms.ChinaTime;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.Reading.Answers;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.PhoneNumber;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/**
 * 短信回复通知, an object, and 短信下发状态通知, an array. Source: 腾讯云短信, 短信回调, documents 382/5809 and 382/5807.
 * A reply has no id, so all its fields tell it from another.
 */
final class TencentCallbacks {

    private static final Answers RECEIVED = JsonBody.answer("{\"result\":0,\"errmsg\":\"OK\"}");

    private TencentCallbacks() {}

    static Reading read(Callback callback) {
        return new Reading(
                JsonBody.readEntries(callback).stream()
                        .map(fields -> inbound(entry(callback, fields)))
                        .toList(),
                RECEIVED);
    }

    private static CallbackEntry entry(Callback callback, JsonNode fields) {
        return CallbackEntry.of(
                callback,
                fields,
                PhoneNumber.e164(
                        JsonBody.text(fields, "nationcode"), JsonBody.text(fields, "mobile")));
    }

    private static Inbound inbound(CallbackEntry entry) {
        if (!entry.namesSomebody()) {
            return entry.unreadable();
        }
        if (!entry.text("sid").isEmpty()) {
            return report(entry);
        }
        var text = entry.text("text");
        return text.isBlank() ? entry.unreadable() : entry.said(text, "", "", sentAt(entry));
    }

    private static Instant sentAt(CallbackEntry entry) {
        var seconds = entry.fields().path("time").asLong(0);
        return seconds > 0 ? Instant.ofEpochSecond(seconds) : entry.receivedAt();
    }

    private static Receipt report(CallbackEntry entry) {
        var status = entry.text("report_status");
        var success = status.equals("SUCCESS");
        var code = entry.text("errmsg");
        return entry.report(
                entry.text("sid"),
                // It tells the sender what the SessionContext was, but not here.
                "",
                success ? Outcome.DELIVERED : Outcome.FAILED,
                status + ":" + code,
                success ? null : (code + " " + entry.text("description")).strip(),
                ChinaTime.read(entry.text("user_receive_time"), entry.receivedAt()));
    }
}
