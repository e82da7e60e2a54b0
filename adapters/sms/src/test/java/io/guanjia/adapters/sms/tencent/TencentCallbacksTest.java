package io.guanjia.adapters.sms.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class TencentCallbacksTest {

    @Test
    void judgesTheReportOfEachNumberByItself() {
        var reports =
                read(
                                """
                                [{"user_receive_time":"2026-03-02 16:30:18","nationcode":"86",
                                  "mobile":"13700000001","report_status":"SUCCESS",
                                  "errmsg":"DELIVRD","description":"用户短信送达成功",
                                  "sid":"2019:1","ext":"?"},
                                 {"user_receive_time":"2026-03-02 16:30:19","nationcode":"852",
                                  "mobile":"51234567","report_status":"FAIL","errmsg":"MK:0012",
                                  "description":"空号","sid":"2019:2"}]
                                """)
                        .stream()
                        .map(Receipt.class::cast)
                        .toList();

        assertThat(reports)
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DELIVERED, Outcome.FAILED);
        assertThat(reports).extracting(Receipt::platformId).containsExactly("2019:1", "2019:2");
        assertThat(reports)
                .extracting(report -> report.from().party())
                .containsExactly("+8613700000001", "+85251234567");
        assertThat(reports.getLast().reason()).isEqualTo("MK:0012 空号");
        assertThat(reports.getFirst().at()).isEqualTo(Instant.parse("2026-03-02T08:30:18Z"));
        assertThat(reports.getFirst().raw()).contains("\"ext\"");
    }

    @Test
    void readsAReply() {
        var message = (InboundMessage) read(Samples.reply("TD", 1_730_811_653)).getFirst();

        assertThat(message.content()).isEqualTo(new Content.Text("TD"));
        assertThat(message.from().party()).isEqualTo("+8613700000001");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_730_811_653));
        assertThat(message.externalId()).isNull();
    }

    @Test
    void answersAsThePlatformWants() {
        assertThat(
                        new String(
                                TencentCallbacks.read(callback("[]"))
                                        .answers()
                                        .acknowledgement()
                                        .body(),
                                UTF_8))
                .isEqualTo("{\"result\":0,\"errmsg\":\"OK\"}");
    }

    private static List<Inbound> read(String body) {
        return TencentCallbacks.read(callback(body)).inbound();
    }

    private static Callback callback(String body) {
        return new Callback(
                "sms-tencent",
                "main",
                Map.of(),
                "application/json",
                body.getBytes(UTF_8),
                Instant.parse("2026-03-02T08:30:20Z"));
    }
}
