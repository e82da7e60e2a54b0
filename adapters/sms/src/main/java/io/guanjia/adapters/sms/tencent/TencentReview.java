package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.Approval.State;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.adapters.sms.SmsFailure;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to ask what the review of a template has come to (腾讯云短信, DescribeSmsTemplateList 2021-01-11,
 * document 382/5819). Signatures are asked for by an id, which an account does not hold.
 *
 * @param abroad whether the account sends abroad, too
 */
record TencentReview(long template, boolean abroad) {

    static final String ACTION = "DescribeSmsTemplateList";

    /** Empty where plain words do not go out by a template, or by none that there can be. */
    static Optional<TencentReview> of(TencentAccount account) {
        return Optional.ofNullable(account.textTemplate())
                .filter(id -> id.matches("\\d{1,18}"))
                .map(id -> new TencentReview(Long.parseLong(id), account.senderId() != null));
    }

    /** Asks for a template of messages within mainland China. */
    String question() {
        return JsonBody.write(Map.of("International", 0, "TemplateIdSet", List.of(template)));
    }

    /**
     * Empty where the answer does not tell, as when the user may not ask. Fails as {@link
     * ApiAnswer#required} does where it is no answer of this platform.
     */
    Optional<State> read(ApiAnswer answer) {
        var body = JsonBody.parse(answer.text());
        if (body == null) {
            answer.required();
            return Optional.empty();
        }
        var error = body.path("Response").path("Error");
        if (error.isObject()) {
            var failure = TencentErrors.TABLE.find(JsonBody.text(error, "Code")).failure();
            return failure == SmsFailure.TEMPLATE ? missing() : Optional.empty();
        }
        var known = body.path("Response").path("DescribeTemplateStatusSet");
        return known.isArray() ? among(known) : Optional.empty();
    }

    private Optional<State> among(JsonNode known) {
        var ours =
                known.valueStream()
                        .filter(
                                one ->
                                        JsonBody.text(one, "TemplateId")
                                                .equals(Long.toString(template)))
                        .findFirst();
        return ours.isPresent() ? state(ours.get()) : missing();
    }

    private static Optional<State> state(JsonNode template) {
        return switch (JsonBody.text(template, "StatusCode")) {
            case "0" -> Optional.of(State.APPROVED);
            // 审核中, 审核通过待生效.
            case "1", "2" -> Optional.of(State.IN_REVIEW);
            case "-1" -> Optional.of(State.REJECTED);
            default -> Optional.empty();
        };
    }

    /** One that is not among those for mainland China may be one for abroad. */
    private Optional<State> missing() {
        return abroad ? Optional.empty() : Optional.of(State.REJECTED);
    }
}
