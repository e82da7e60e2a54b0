package io.guanjia.adapters.sms.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.Approval;
import io.guanjia.adapters.sms.CallbackGuard;
import io.guanjia.adapters.sms.Complaints;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsLine;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Inquiry;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One account: SendSms for one number at a time, its callbacks (腾讯云短信, SendSms 2021-01-11), the
 * review of its template ({@link TencentReview}) and what is left of its packages ({@link
 * TencentPackages}).
 */
final class TencentLine implements SmsLine {

    private static final String SEND = "SendSms";
    private static final String VERSION = "2021-01-11";
    private static final String SERVICE = "sms";

    private final TencentAccount account;
    private final String host;
    private final CallbackGuard guard;
    private final Tc3Signer signer;
    private final ApiClient api;
    private final Clock clock;
    private final Complaints complaints = new Complaints();
    private final List<Approval> approvals;
    private final Inquiry<CallsLeft> packages;

    TencentLine(TencentAccount account, ConnectionProvider connections, Clock clock) {
        this.account = account;
        this.host = account.apiBase().getAuthority();
        this.guard = new CallbackGuard(account.callbackKey(), account.callbackFrom());
        this.signer = new Tc3Signer(account.secretId(), account.secretKey(), host, SERVICE);
        this.api = new ApiClient(account.apiBase(), account.timeout(), connections);
        this.clock = clock;
        this.approvals = TencentReview.of(account).map(this::approval).stream().toList();
        this.packages = new Inquiry<>(this::leftOfPackages, Schedulers.parallel());
    }

    private Approval approval(TencentReview review) {
        return Approval.ofTemplate(
                Mono.defer(() -> call(TencentReview.ACTION, review.question()))
                        .flatMap(answer -> Mono.justOrEmpty(review.read(answer))));
    }

    private Mono<CallsLeft> leftOfPackages() {
        var now = clock.instant();
        return call(TencentPackages.ACTION, TencentPackages.question(account.smsSdkAppId(), now))
                .flatMap(answer -> Mono.justOrEmpty(TencentPackages.read(answer, now)));
    }

    @Override
    public ChannelAccount described() {
        return account.described();
    }

    @Override
    public Reading read(Callback callback) {
        guard.check(callback);
        return TencentCallbacks.read(callback);
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(() -> call(SEND, body(message))).map(answer -> verdict(message, answer));
    }

    private Mono<ApiAnswer> call(String action, String body) {
        return api.post("/", headers(action, body, clock.instant()), body.getBytes(UTF_8));
    }

    private Map<String, String> headers(String action, String body, Instant now) {
        return Map.of(
                "Host",
                host,
                "Content-Type",
                Tc3Signer.CONTENT_TYPE,
                "X-TC-Action",
                action,
                "X-TC-Version",
                VERSION,
                "X-TC-Region",
                account.region(),
                "X-TC-Timestamp",
                Long.toString(now.getEpochSecond()),
                "Authorization",
                signer.authorization(body, now));
    }

    private String body(OutboundMessage message) {
        var form = form(message.content());
        var body = new LinkedHashMap<String, Object>();
        body.put("PhoneNumberSet", List.of(message.to().party()));
        body.put("SmsSdkAppId", account.smsSdkAppId());
        body.put("SignName", account.signName());
        body.put("TemplateId", form.template());
        body.put("TemplateParamSet", form.parameters());
        body.put("SessionContext", message.deliveryId());
        var extendCode = account.extendCode();
        if (extendCode != null) {
            body.put("ExtendCode", extendCode);
        }
        var senderId = account.senderId();
        if (senderId != null) {
            body.put("SenderId", senderId);
        }
        return JsonBody.write(body);
    }

    private record Form(String template, List<String> parameters) {}

    private Form form(Content content) {
        var textTemplate = account.textTemplate();
        return switch (content) {
            case Content.Template template ->
                    new Form(template.templateId(), inOrder(template.data()));
            case Content.Text text when textTemplate != null ->
                    new Form(textTemplate, List.of(text.body()));
            case Content.Text _ ->
                    throw new Refused("this account has no template for plain words");
            default -> throw new Refused("an SMS carries words only");
        };
    }

    /** Templates here number their parameters: {1}, {2}. A guess could swap name and amount. */
    private static List<String> inOrder(Map<String, String> data) {
        var ordered = new ArrayList<String>();
        for (var number = 1; number <= data.size(); number++) {
            var value = data.get(Integer.toString(number));
            if (value == null) {
                throw new Refused("the parameters of a template must be numbered 1, 2, 3");
            }
            ordered.add(value);
        }
        return ordered;
    }

    /** A call that was understood says for each number what became of it; ours has one. */
    private Accepted verdict(OutboundMessage message, ApiAnswer answer) {
        var response = JsonBody.parse(answer.text());
        if (response == null || !response.path("Response").isObject()) {
            answer.required();
            throw new OutcomeUnknown("an answer that says nothing");
        }
        var error = response.path("Response").path("Error");
        if (error.isObject()) {
            throw failure(message.content(), JsonBody.text(error, "Code"));
        }
        var status = status(message, response.path("Response").path("SendStatusSet"));
        var code = JsonBody.text(status, "Code");
        if (!code.equals(TencentErrors.OK)) {
            throw failure(message.content(), code);
        }
        complaints.none();
        return new Accepted(JsonBody.text(status, "SerialNo"));
    }

    private static JsonNode status(OutboundMessage message, JsonNode statuses) {
        return statuses.valueStream()
                .filter(
                        one ->
                                statuses.size() == 1
                                        || JsonBody.text(one, "PhoneNumber")
                                                .equals(message.to().party()))
                .findFirst()
                .orElseThrow(() -> new OutcomeUnknown("an answer without our number"));
    }

    private DeliveryException failure(Content content, String code) {
        var meaning = TencentErrors.TABLE.find(code);
        complaints.heard(meaning.failure());
        return meaning.failure()
                .toException(
                        meaning.reason(),
                        SmsChannel.way(content),
                        content instanceof Content.Text,
                        clock.instant());
    }

    @Override
    public Flux<HealthSign> health() {
        return complaints.signs(approvals);
    }

    @Override
    public Flux<CallsLeft> callsLeft() {
        return packages.look().flux();
    }
}
