package io.guanjia.adapters.sms.aliyun;

import io.guanjia.adapters.sms.Approval;
import io.guanjia.adapters.sms.CallbackGuard;
import io.guanjia.adapters.sms.Complaints;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsLine;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.PhoneNumber;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One account: SendSms for one number at a time, its callbacks (阿里云短信服务, SendSms), and the reviews
 * of its signature and template ({@link AliyunReview}).
 */
final class AliyunLine implements SmsLine {

    private static final String SEND = "SendSms";
    private static final String VERSION = "2017-05-25";
    private static final byte[] NO_BODY = {};

    private final AliyunAccount account;
    private final CallbackGuard guard;
    private final AcsSigner signer;
    private final ApiClient api;
    private final Clock clock;
    private final Complaints complaints = new Complaints();
    private final List<Approval> approvals;

    AliyunLine(AliyunAccount account, ConnectionProvider connections, Clock clock) {
        this.account = account;
        this.guard = new CallbackGuard(account.callbackKey(), account.callbackFrom());
        this.signer =
                new AcsSigner(
                        account.accessKeyId(),
                        account.accessKeySecret(),
                        account.apiBase().getAuthority());
        this.api = new ApiClient(account.apiBase(), account.timeout(), connections);
        this.clock = clock;
        this.approvals = approvals();
    }

    /** Of the template only where plain words go out by one. */
    private List<Approval> approvals() {
        var signature = Approval.ofSignature(ask(AliyunReview.SIGNATURE, account.signName()));
        var textTemplate = account.textTemplate();
        return textTemplate == null
                ? List.of(signature)
                : List.of(signature, Approval.ofTemplate(ask(AliyunReview.TEMPLATE, textTemplate)));
    }

    private Mono<Approval.State> ask(AliyunReview review, String name) {
        return Mono.defer(() -> call(review.action(), Map.of(review.key(), name)))
                .flatMap(answer -> Mono.justOrEmpty(review.read(answer)));
    }

    @Override
    public ChannelAccount described() {
        return account.described();
    }

    @Override
    public Reading read(Callback callback) {
        guard.check(callback);
        return AliyunCallbacks.read(callback);
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(() -> call(SEND, parameters(message)))
                .map(answer -> verdict(message.content(), answer));
    }

    private Mono<ApiAnswer> call(String action, Map<String, String> parameters) {
        var call = signer.sign(action, VERSION, parameters, clock.instant(), nonce());
        return api.post("/?" + call.query(), call.headers(), NO_BODY);
    }

    /** Has to differ from all others, not to be a secret. */
    private static String nonce() {
        var random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    private Map<String, String> parameters(OutboundMessage message) {
        var parameters = new HashMap<String, String>();
        parameters.put("PhoneNumbers", PhoneNumber.digits(message.to().party()));
        parameters.put("SignName", account.signName());
        parameters.put("OutId", message.deliveryId());
        var extendCode = account.smsUpExtendCode();
        if (extendCode != null) {
            parameters.put("SmsUpExtendCode", extendCode);
        }
        var form = form(message.content());
        parameters.put("TemplateCode", form.template());
        parameters.put("TemplateParam", JsonBody.write(form.variables()));
        return parameters;
    }

    private record Form(String template, Map<String, String> variables) {}

    private Form form(Content content) {
        var textTemplate = account.textTemplate();
        return switch (content) {
            case Content.Template template -> new Form(template.templateId(), template.data());
            case Content.Text text when textTemplate != null ->
                    new Form(textTemplate, Map.of(account.textVariable(), text.body()));
            case Content.Text _ ->
                    throw new Refused("this account has no template for plain words");
            default -> throw new Refused("an SMS carries words only");
        };
    }

    /** The code decides; the status only where there is none. */
    private Accepted verdict(Content content, ApiAnswer answer) {
        var body = JsonBody.parse(answer.text());
        var code = JsonBody.text(body, "Code");
        if (code.equals(AliyunErrors.OK)) {
            complaints.none();
            return new Accepted(JsonBody.text(body, "BizId"));
        }
        if (code.isEmpty()) {
            answer.required();
            throw new OutcomeUnknown("an answer that says nothing");
        }
        var meaning = AliyunErrors.find(code, JsonBody.text(body, "Message"));
        complaints.heard(meaning.failure());
        throw meaning.failure()
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
}
