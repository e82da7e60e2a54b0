package io.guanjia.adapters.sms.aliyun;

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

class AliyunCallbacksTest {

    private static final String REPORTS =
            """
            [{"phone_number":"13700000001","send_time":"2026-03-02 16:30:15",
              "report_time":"2026-03-02 16:30:18","success":true,"err_code":"DELIVERED",
              "err_msg":"用户接收成功","sms_size":"2","biz_id":"9000^0","out_id":"d1"},
             {"phone_number":"13700000002","send_time":"2026-03-02 16:30:15",
              "report_time":"2026-03-02 16:30:19","success":false,
              "err_code":"MOBILE_NOT_ON_SERVICE","err_msg":"停机","sms_size":"1",
              "biz_id":"9000^0","out_id":"d2"}]
            """;

    @Test
    void judgesTheReportOfEachNumberByItself() {
        var reports = read(REPORTS).stream().map(Receipt.class::cast).toList();

        assertThat(reports)
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DELIVERED, Outcome.FAILED);
        assertThat(reports).extracting(Receipt::platformId).containsOnly("9000^0");
        assertThat(reports).extracting(Receipt::deliveryId).containsExactly("d1", "d2");
        assertThat(reports)
                .extracting(report -> report.from().party())
                .containsExactly("+8613700000001", "+8613700000002");
        assertThat(reports.getFirst().reason()).isNull();
        assertThat(reports.getLast().reason()).isEqualTo("MOBILE_NOT_ON_SERVICE 停机");
        assertThat(reports.getFirst().at()).isEqualTo(Instant.parse("2026-03-02T08:30:18Z"));
        assertThat(reports).extracting(Receipt::dedupeKey).doesNotHaveDuplicates();
        assertThat(reports.getLast().raw()).contains("d2").doesNotContain("d1");
    }

    @Test
    void deliversARefusalLikeAnyOtherMessage() {
        var message =
                (InboundMessage)
                        read(Samples.up("ＴＤ", Instant.parse("2026-03-02T08:30:15Z"), "1"))
                                .getFirst();

        assertThat(message.content()).isEqualTo(new Content.Text("ＴＤ"));
        assertThat(message.sentAt()).isEqualTo(Instant.parse("2026-03-02T08:30:15Z"));
        assertThat(message.externalId()).isEqualTo("1");
    }

    @Test
    void losesNothingOfABatchForOneBadEntry() {
        var inbound =
                read(
                        """
                        [17, {"content":"谁"}, {"phone_number":"13700000001","content":"R",
                         "send_time":"irgendwann"}]
                        """);

        assertThat(inbound).hasSize(3);
        assertThat(inbound)
                .extracting(one -> ((InboundMessage) one).content().getClass().getSimpleName())
                .containsExactly("Unreadable", "Unreadable", "Text");
        assertThat(inbound).extracting(Inbound::dedupeKey).doesNotHaveDuplicates();
        assertThat(((InboundMessage) inbound.getLast()).sentAt())
                .isEqualTo(Instant.parse("2026-03-02T08:30:20Z"));
    }

    @Test
    void answersAsThePlatformWants() {
        var answer = AliyunCallbacks.read(callback("[]")).answers();

        assertThat(new String(answer.acknowledgement().body(), UTF_8))
                .isEqualTo("{\"code\":0,\"msg\":\"接收成功\"}");
        assertThat(answer.passively(new Content.Text("您好"))).isEmpty();
    }

    private static List<Inbound> read(String body) {
        return AliyunCallbacks.read(callback(body)).inbound();
    }

    private static Callback callback(String body) {
        return new Callback(
                "sms-aliyun",
                "main",
                Map.of(),
                "application/json",
                body.getBytes(UTF_8),
                Instant.parse("2026-03-02T08:30:20Z"));
    }
}
