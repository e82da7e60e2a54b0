package io.guanjia.adapters.sms.aliyun;

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

/**
 * SmsUp, what people answer, and SmsReport, what became of what we sent: arrays of either or of
 * both, at one address. Whatever is answered with 200 and a number as its code is not sent again;
 * otherwise after 1, 5 and 10 minutes. Source: 阿里云短信服务, HTTP批量推送模式, documents 101847 and 101867.
 */
final class AliyunCallbacks {

    private static final Answers RECEIVED = JsonBody.answer("{\"code\":0,\"msg\":\"接收成功\"}");

    private AliyunCallbacks() {}

    static Reading read(Callback callback) {
        return new Reading(
                JsonBody.readArray(callback).stream()
                        .map(fields -> inbound(entry(callback, fields)))
                        .toList(),
                RECEIVED);
    }

    private static CallbackEntry entry(Callback callback, JsonNode fields) {
        return CallbackEntry.of(
                callback, fields, PhoneNumber.e164(JsonBody.text(fields, "phone_number")));
    }

    private static Inbound inbound(CallbackEntry entry) {
        if (!entry.namesSomebody()) {
            return entry.unreadable();
        }
        if (!entry.text("biz_id").isEmpty()) {
            return report(entry);
        }
        var content = entry.text("content");
        return content.isBlank()
                ? entry.unreadable()
                // The id is a string in the page of today, a number in the one before.
                : entry.said(
                        content,
                        entry.text("sequence_id"),
                        entry.text("send_time"),
                        ChinaTime.read(entry.text("send_time"), entry.receivedAt()));
    }

    private static Receipt report(CallbackEntry entry) {
        var success = entry.text("success").equals("true");
        var code = entry.text("err_code");
        return entry.report(
                entry.text("biz_id"),
                entry.text("out_id"),
                success ? Outcome.DELIVERED : Outcome.FAILED,
                code,
                success ? null : (code + " " + entry.text("err_msg")).strip(),
                ChinaTime.read(entry.text("report_time"), entry.receivedAt()));
    }
}
