package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.sms.Dialect.Reply;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/**
 * 阿里云短信服务: GetSmsTemplate (查询模板审核详情, document 2807433) and GetSmsSign (查询签名详情, document 2807429).
 * What they answer to a name that they do not know is not documented: here it is what SendSms
 * answers.
 */
final class AliyunReviews {

    private AliyunReviews() {}

    /** The answer to a call for one of them; null to any other. Fails with {@link Refusal}. */
    static @Nullable Reply answer(String api, Call call, SmsAccount account) {
        return switch (api) {
            case "GetSmsTemplate" -> template(call, account);
            case "GetSmsSign" -> sign(call, account);
            default -> null;
        };
    }

    private static Reply template(Call call, SmsAccount account) {
        var code = call.query().getOrDefault("TemplateCode", "");
        var review = account.reviewOf(code);
        if (review == null) {
            throw new Refusal("isv.SMS_TEMPLATE_ILLEGAL", "该账号下找不到对应模板");
        }
        var known = account.templates().get(code);
        var answer =
                Json.object()
                        .put("TemplateCode", code)
                        .put("TemplateContent", known == null ? "" : known.content())
                        // Theirs is a text here and a number below.
                        .put("TemplateStatus", Integer.toString(status(review)));
        return whole(answer, review);
    }

    private static Reply sign(Call call, SmsAccount account) {
        var name = call.query().getOrDefault("SignName", "");
        var review = account.reviewOfSign(name);
        if (review == null) {
            throw new Refusal("isv.SMS_SIGNATURE_ILLEGAL", "该账号下找不到对应签名");
        }
        return whole(Json.object().put("SignName", name).put("SignStatus", status(review)), review);
    }

    private static int status(Review review) {
        return switch (review) {
            case IN_REVIEW -> 0;
            case APPROVED -> 1;
            case REJECTED -> 2;
        };
    }

    private static Reply whole(ObjectNode answer, Review review) {
        if (review == Review.REJECTED) {
            answer.putObject("AuditInfo").put("RejectInfo", "内容不符合规范");
        }
        return AliyunDialect.ok(answer);
    }
}
