package io.guanjia.adapters.sms.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.adapters.sms.Approval.State;
import io.guanjia.adapters.sms.ApprovalContract;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.contract.FakePlatform.Request;
import io.guanjia.gateway.channel.HealthSign;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Map;

class AliyunApprovalTest extends ApprovalContract<AliyunAccount> {

    private static final String TEMPLATE = "GetSmsTemplate";
    private static final String SIGNATURE = "GetSmsSign";

    @Override
    protected SmsProvider<AliyunAccount> provider(Clock clock) {
        return new AliyunProvider(clock);
    }

    @Override
    protected AliyunAccount account(Map<String, String> changes) {
        return Samples.account(changes);
    }

    @Override
    protected String api(Request request) {
        return request.headers().getOrDefault("x-acs-action", "");
    }

    @Override
    protected Map<String, String> outcome(State state) {
        return switch (state) {
            case IN_REVIEW -> Map.of(TEMPLATE, template("0"), SIGNATURE, signature(0));
            case APPROVED -> Map.of(TEMPLATE, template("1"), SIGNATURE, signature(1));
            case REJECTED -> Map.of(TEMPLATE, template("2"), SIGNATURE, signature(2));
        };
    }

    private static String template(String status) {
        return """
        {"Code":"OK","Message":"OK","RequestId":"r","TemplateCode":"SMS_100000001",
         "TemplateName":"文字","TemplateContent":"${content}","TemplateType":"1","TemplateTag":2,
         "TemplateStatus":"%s","AuditInfo":{"AuditDate":"2026-02-27 11:20:34","RejectInfo":"…"}}
        """
                .formatted(status);
    }

    private static String signature(int status) {
        return """
        {"Code":"OK","Message":"OK","RequestId":"r","SignName":"小管家银行","SignTag":"2",
         "SignStatus":%d,"AuditInfo":{"AuditDate":"2026-02-27 11:20:34","RejectInfo":"…"}}
        """
                .formatted(status);
    }

    private static String refusal(String code) {
        return "{\"Code\":\"%s\",\"Message\":\"…\",\"RequestId\":\"r\"}".formatted(code);
    }

    @Override
    protected List<String> parts() {
        return List.of("signature", "template");
    }

    @Override
    protected String mayNotAsk() {
        return refusal("NoPermission");
    }

    @Override
    protected String taken() {
        return "{\"Code\":\"OK\",\"Message\":\"OK\",\"RequestId\":\"r\",\"BizId\":\"9000^0\"}";
    }

    @Override
    protected String templateRefused() {
        return refusal("isv.SMS_TEMPLATE_ILLEGAL");
    }

    @Test
    void asksByTheNamesInTheSettings() {
        outcome(State.APPROVED).forEach(this::answer);
        awaitSigns(signs(null));

        assertThat(requests())
                .allSatisfy(
                        request ->
                                assertThat(request.headers())
                                        .containsEntry("x-acs-version", "2017-05-25"))
                .extracting(this::api, AliyunApprovalTest::parameters)
                .containsExactlyInAnyOrder(
                        tuple(TEMPLATE, Map.of("TemplateCode", List.of("SMS_100000001"))),
                        tuple(SIGNATURE, Map.of("SignName", List.of("小管家银行"))));
    }

    private static Map<String, List<String>> parameters(Request request) {
        return new QueryStringDecoder(request.query(), false).parameters();
    }

    @Test
    void aReviewThatWasWithdrawnIsNoApproval() {
        answer(TEMPLATE, template("10"));
        answer(SIGNATURE, signature(10));

        awaitSigns(signs("rejected"));
    }

    @Test
    void whatThePlatformDoesNotKnowIsNotApproved() {
        answer(TEMPLATE, refusal("isv.SMS_TEMPLATE_ILLEGAL"));
        answer(SIGNATURE, refusal("isv.SMS_SIGNATURE_ILLEGAL"));

        awaitSigns(signs("rejected"));
    }

    @Test
    void whatNobodyHasHeardOfTellsNothing() {
        answer(TEMPLATE, template("7"));
        answer(SIGNATURE, signature(1));

        awaitSigns(List.of(HealthSign.well("signature", null)));
    }

    @Test
    void asksForNoTemplateWherePlainWordsDoNotGoOut() {
        outcome(State.APPROVED).forEach(this::answer);
        try (var channel = channel(Map.of("text-template", ""))) {
            assertThat(look(channel)).doesNotContain(HealthSign.well("template", null));
            assertThat(requests()).extracting(this::api).doesNotContain(TEMPLATE);
        }
    }
}
