package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 腾讯云短信: DescribeSmsTemplateList 2021-01-11 (document 382/5819) of templates by their ids, all of
 * them for mainland China. An id that it does not know is not among its answers.
 */
final class TencentReviews {

    static final String API = "DescribeSmsTemplateList";

    private TencentReviews() {}

    /** What stands in {@code Response}. Fails with {@link Refusal}. */
    static ObjectNode answer(Call call, SmsAccount account) {
        var body = Json.readObject(call.body());
        if (body == null) {
            throw new Refusal("FailedOperation.JsonParseFail", "解析请求包体失败");
        }
        var international = Json.text(body, "International");
        if (!international.matches("[01]")) {
            throw new Refusal("InvalidParameterValue.InvalidInternational", "International 字段校验错误");
        }
        var answer = Json.object();
        var statuses = answer.putArray("DescribeTemplateStatusSet");
        for (var id : body.path("TemplateIdSet")) {
            if (!id.isIntegralNumber()) {
                throw new Refusal("InvalidParameter", "TemplateIdSet must hold integers");
            }
            if (international.equals("0")) {
                describe(id, account, statuses);
            }
        }
        return answer;
    }

    private static void describe(JsonNode id, SmsAccount account, ArrayNode statuses) {
        var review = account.reviewOf(id.asString());
        if (review == null) {
            return;
        }
        var known = account.templates().get(id.asString());
        statuses.addObject()
                .put("TemplateId", id.asLong())
                .put("International", 0)
                .put("StatusCode", status(review))
                .put("ReviewReply", review == Review.REJECTED ? "内容不符合规范" : "")
                .put("TemplateName", id.asString())
                .put("CreateTime", 1617379200)
                .put("TemplateContent", known == null ? "" : known.content());
    }

    private static int status(Review review) {
        return switch (review) {
            case IN_REVIEW -> 1;
            case APPROVED -> 0;
            case REJECTED -> -1;
        };
    }
}
