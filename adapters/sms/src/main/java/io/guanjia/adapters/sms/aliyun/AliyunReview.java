package io.guanjia.adapters.sms.aliyun;

import io.guanjia.adapters.sms.Approval.State;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.adapters.sms.SmsFailure;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;

import java.util.Optional;

/**
 * How to ask what a review has come to: GetSmsTemplate (查询模板审核详情, document 2807433) and GetSmsSign
 * (查询签名详情, document 2807429), which have replaced QuerySmsTemplate and QuerySmsSign.
 */
enum AliyunReview {
    TEMPLATE("GetSmsTemplate", "TemplateCode", "TemplateStatus", SmsFailure.TEMPLATE),
    SIGNATURE("GetSmsSign", "SignName", "SignStatus", SmsFailure.SIGN);

    private final String action;
    private final String key;
    private final String status;
    private final SmsFailure unknown;

    AliyunReview(String action, String key, String status, SmsFailure unknown) {
        this.action = action;
        this.key = key;
        this.status = status;
        this.unknown = unknown;
    }

    String action() {
        return action;
    }

    /** The parameter that names what is asked about. */
    String key() {
        return key;
    }

    /**
     * Empty where the answer does not tell, as when the user may not ask. The status is a text for
     * templates and a number for signatures. What becomes of an unknown name is not documented;
     * taken to be what SendSms answers. Fails as {@link ApiAnswer#required} does where there is no
     * code.
     */
    Optional<State> read(ApiAnswer answer) {
        var body = JsonBody.parse(answer.text());
        var code = JsonBody.text(body, "Code");
        if (code.isEmpty()) {
            answer.required();
        }
        if (!code.equals(AliyunErrors.OK)) {
            return AliyunErrors.TABLE.find(code).failure() == unknown
                    ? Optional.of(State.REJECTED)
                    : Optional.empty();
        }
        return switch (JsonBody.text(body, status)) {
            case "0" -> Optional.of(State.IN_REVIEW);
            case "1" -> Optional.of(State.APPROVED);
            // 未通过审核, 取消审核.
            case "2", "10" -> Optional.of(State.REJECTED);
            default -> Optional.empty();
        };
    }
}
