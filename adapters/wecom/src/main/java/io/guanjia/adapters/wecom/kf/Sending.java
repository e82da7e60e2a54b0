package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpError;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.adapters.wecom.kf.KfMessage.Said;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Sends for one account. A customer who has just come in is greeted by the code that came with it,
 * which costs nothing of the 48 hours, and one whose session we have just ended hears the last
 * words by the code that came of that; everybody else by 发送消息. Source: 企业微信开发者中心, 发送消息 (94677),
 * 发送欢迎语等事件响应消息 (95122), 分配客服会话 (94669).
 */
final class Sending {

    private static final String SEND = "kf/send_msg";
    private static final String ON_EVENT = "kf/send_msg_on_event";

    /** By which the gateway knows this way out. */
    static final String LABEL = CorpApi.label(SEND);

    /** A native message of this kind brings a code of its own, such as a {@code msg_code}. */
    private static final String NATIVE_ON_EVENT = "send_msg_on_event";

    private static final Pattern MSGID = Pattern.compile("[0-9A-Za-z_-]{1,32}");

    private final WecomKfAccount account;
    private final CorpApi api;
    private final KfMessage messages;
    private final OneTimeCodes codes;
    private final ServiceState states;
    private final Clock clock;

    Sending(
            WecomKfAccount account,
            CorpApi api,
            KfMessage messages,
            OneTimeCodes codes,
            Clock clock) {
        this.account = account;
        this.api = api;
        this.messages = messages;
        this.codes = codes;
        this.states = new ServiceState(account, api);
        this.clock = clock;
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> deliver(OutboundMessage message) {
        var content = message.content();
        if (content instanceof Content.Native special && special.kind().equals(NATIVE_ON_EVENT)) {
            return byOwnCode(message, special)
                    .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery);
        }
        if (content instanceof Content.Native special && ServiceState.isChange(special)) {
            return states.change(message.to().party(), special)
                    .flatMap(code -> codes.keep(message.to(), atTheEnd(code)))
                    .thenReturn(new Accepted(""))
                    .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery);
        }
        return byCode(message)
                .switchIfEmpty(Mono.defer(() -> say(message, false)))
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery);
    }

    /** Good for as long as a welcome. */
    private Code atTheEnd(String code) {
        return new Code(code, clock.instant().plus(WecomKfAccount.WELCOME));
    }

    /** Empty where there is no code, or none that the platform takes. */
    private Mono<Accepted> byCode(OutboundMessage message) {
        var content = message.content();
        if (!KfMessage.greets(content)) {
            return Mono.empty();
        }
        return codes.take(message.to())
                .flatMap(
                        code ->
                                messages.of(content, false)
                                        .flatMap(said -> onEvent(message, code.code(), said))
                                        .onErrorResume(
                                                error -> afterCode(message.to(), code, error)));
    }

    /**
     * What was certainly not taken may use the code again. Any other refusal means that the code is
     * no good: the documents name no error for one that is too old.
     */
    private Mono<Accepted> afterCode(Address to, Code code, Throwable error) {
        var failure = error instanceof CorpRefusal refusal ? refusal.toDelivery() : error;
        return switch (failure) {
            case Unavailable _, Throttled _ -> codes.keep(to, code).then(Mono.error(failure));
            case DeliveryException.OutcomeUnknown _, DeliveryException.Blocked _ ->
                    Mono.error(failure);
            case DeliveryException _ -> Mono.empty();
            default -> Mono.error(failure);
        };
    }

    private Mono<Accepted> onEvent(OutboundMessage message, String code, Said said) {
        return send(ON_EVENT, object().put("code", code), message, said);
    }

    /** {@code {"code": …, "msgtype": "text", "text": {…}}}. */
    private Mono<Accepted> byOwnCode(OutboundMessage message, Content.Native special) {
        ObjectNode request = JsonMapper.shared().valueToTree(special.payload());
        return api.post(ON_EVENT, request.put("msgid", msgid(message)).toString())
                .map(answer -> accepted(answer, message));
    }

    private Mono<Accepted> say(OutboundMessage message, boolean afresh) {
        return messages.of(message.content(), afresh)
                .flatMap(
                        said ->
                                toCustomer(message, said)
                                        .onErrorResume(
                                                CorpRefusal.class,
                                                refusal -> afterRefusal(message, said, refusal)))
                .onErrorResume(
                        error -> !afresh && is(error, CorpError.MEDIA_GONE),
                        gone -> say(message, true));
    }

    private Mono<Accepted> toCustomer(OutboundMessage message, Said said) {
        var request =
                object().put("touser", message.to().party()).put("open_kfid", account.openKfid());
        return send(SEND, request, message, said);
    }

    /** A session that nobody has taken yet we take, and say it once more. */
    private Mono<Accepted> afterRefusal(OutboundMessage message, Said said, CorpRefusal refusal) {
        if (refusal.error() != CorpError.WRONG_STATE) {
            return Mono.error(refusal);
        }
        return states.take(message.to().party())
                .onErrorResume(error -> Mono.just(ServiceState.Taken.NO))
                .flatMap(
                        taken ->
                                switch (taken) {
                                    case YES -> toCustomer(message, said);
                                    case PERSON ->
                                            Mono.error(
                                                    new WindowClosed(
                                                            "a person serves this customer: "
                                                                    + refusal.reason()));
                                    case NO -> Mono.error(refusal);
                                });
    }

    private Mono<Accepted> send(
            String path, ObjectNode request, OutboundMessage message, Said said) {
        request.put("msgid", msgid(message)).put("msgtype", said.type());
        request.set(said.type(), said.fields());
        return api.post(path, request.toString()).map(answer -> accepted(answer, message));
    }

    /** What a {@code msg_send_fail} will name. */
    private static Accepted accepted(JsonNode answer, OutboundMessage message) {
        var id = answer.path("msgid").asString("");
        return new Accepted(id.isEmpty() ? msgid(message) : id);
    }

    /** The same for every try, and never longer than the platform takes. */
    static String msgid(OutboundMessage message) {
        var id = message.deliveryId().replace("-", "");
        return MSGID.matcher(id).matches() ? id : hash(message.deliveryId());
    }

    private static String hash(String text) {
        try {
            var sha256 =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean is(Throwable error, CorpError what) {
        return error instanceof CorpRefusal refusal && refusal.error() == what;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
