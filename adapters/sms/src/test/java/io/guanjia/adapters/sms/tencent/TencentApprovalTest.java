package io.guanjia.adapters.sms.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.Approval.State;
import io.guanjia.adapters.sms.ApprovalContract;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.contract.FakePlatform.Request;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Of the template only: signatures are asked for by an id that no setting holds. */
class TencentApprovalTest extends ApprovalContract<TencentAccount> {

    private static final String API = "DescribeSmsTemplateList";

    @Override
    protected SmsProvider<TencentAccount> provider(Clock clock) {
        return new TencentProvider(clock);
    }

    @Override
    protected TencentAccount account(Map<String, String> changes) {
        return Samples.account(changes);
    }

    @Override
    protected String api(Request request) {
        return request.headers().getOrDefault("x-tc-action", "");
    }

    @Override
    protected Map<String, String> outcome(State state) {
        return switch (state) {
            case APPROVED -> Map.of(API, templates(1110, 0));
            case IN_REVIEW -> Map.of(API, templates(1110, 1));
            case REJECTED -> Map.of(API, templates(1110, -1));
        };
    }

    private static String templates(long id, int status) {
        return """
        {"Response":{"DescribeTemplateStatusSet":[{"TemplateId":%d,"International":0,
          "StatusCode":%d,"ReviewReply":"","TemplateName":"文字","CreateTime":1617379200,
          "TemplateContent":"{1}"}],"RequestId":"r"}}
        """
                .formatted(id, status);
    }

    @Override
    protected List<String> parts() {
        return List.of("template");
    }

    @Override
    protected String mayNotAsk() {
        return Samples.error("UnauthorizedOperation.RequestPermissionDeny");
    }

    @Override
    protected String taken() {
        return Samples.taken();
    }

    @Override
    protected String templateRefused() {
        return Samples.error("FailedOperation.TemplateIncorrectOrUnapproved");
    }

    @Test
    void asksByTheNumberInTheSettings() {
        outcome(State.APPROVED).forEach(this::answer);
        awaitSigns(signs(null));

        assertThat(requests())
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.headers())
                                    .containsEntry("x-tc-version", "2021-01-11");
                            assertThat(request.json().path("International").asInt(-1)).isZero();
                            assertThat(request.json().path("TemplateIdSet").toString())
                                    .isEqualTo("[1110]");
                        });
    }

    @Test
    void whatIsApprovedButNotYetInForceIsStillInReview() {
        answer(API, templates(1110, 2));

        awaitSigns(signs("in-review"));
    }

    @Test
    void aTemplateThatIsNotAmongThemIsNotApproved() {
        answer(API, templates(1111, 0));

        awaitSigns(signs("rejected"));
    }

    @Test
    void aTemplateThatThePlatformDoesNotKnowIsNotApproved() {
        answer(API, Samples.error("FailedOperation.TemplateIdNotExist"));

        awaitSigns(signs("rejected"));
    }

    @Test
    void aTemplateThatMayBeOneForAbroadIsNotJudged() {
        answer(API, "{\"Response\":{\"DescribeTemplateStatusSet\":[],\"RequestId\":\"r\"}}");
        try (var channel = channel(Map.of("sender-id", "Guanjia"))) {
            assertThat(look(channel)).isEmpty();
        }
    }

    @Test
    void doesNotAskWhereThereIsNoTemplateOrNoneThatCanBe() {
        for (var template : List.of("", "SMS_1")) {
            try (var channel = channel(Map.of("text-template", template))) {
                assertThat(look(channel)).isEmpty();
            }
        }
        assertThat(requests()).isEmpty();
    }

    @Test
    void saysNothingToACustomerWhoIsNoEnterprise() {
        answer(API, Samples.error("FailedOperation.NotEnterpriseCertification"));

        assertThat(look()).isEmpty();
    }
}
