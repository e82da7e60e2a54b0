package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.Attachments;
import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpError;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.adapters.wecom.task.SendTasks;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * Sends for one application: to members always, to a customer only the welcome that follows their
 * coming. There is no API by which a member's customer could be written to at will; members can be
 * asked to, which is the native content {@code add_msg_template}.
 */
final class AppSending {

    private static final String SEND = "message/send";
    private static final String TASK = "add_msg_template";
    private static final String WELCOME = "externalcontact/send_welcome_msg";

    /** By which the gateway knows this way out. */
    static final String LABEL = CorpApi.label(SEND);

    private final WecomAccount account;
    private final CorpApi api;
    private final AppMessage messages;
    private final Attachments attachments;
    private final SendTasks tasks;
    private final OneTimeCodes codes;

    AppSending(
            WecomAccount account,
            CorpApi api,
            AppMessage messages,
            Attachments attachments,
            SendTasks tasks,
            OneTimeCodes codes) {
        this.account = account;
        this.api = api;
        this.messages = messages;
        this.attachments = attachments;
        this.tasks = tasks;
        this.codes = codes;
    }

    static String codeKey(String account, String party) {
        return WecomChannel.NAME + "/" + account + "/" + party;
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> deliver(OutboundMessage message) {
        if (message.content() instanceof Content.Native special && isTask(special)) {
            return task(message, special);
        }
        return (switch (Party.of(message.to().party())) {
                    case MEMBER -> toMember(message, false);
                    case CUSTOMER -> welcome(message);
                    case GROUP -> Mono.<Accepted>error(new Refused("only members write to groups"));
                })
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery);
    }

    /** Whether members are asked to send it. */
    static boolean isTask(Content.Native special) {
        return special.kind().equals(TASK);
    }

    private Mono<Accepted> task(OutboundMessage message, Content.Native special) {
        var party = message.to().party();
        var kind = Party.of(party);
        return kind == Party.MEMBER
                ? Mono.error(new Refused("only customers and groups are sent to by members"))
                : tasks.create(
                                message.deliveryId(),
                                account.name(),
                                party,
                                kind == Party.GROUP,
                                JsonMapper.shared().valueToTree(special.payload()))
                        .map(Accepted::new);
    }

    private Mono<Accepted> toMember(OutboundMessage message, boolean afresh) {
        return messages.of(message.content(), afresh)
                .flatMap(
                        said -> {
                            var request =
                                    JsonMapper.shared()
                                            .createObjectNode()
                                            .put("touser", message.to().party())
                                            .put("agentid", Long.parseLong(account.agentId()))
                                            .put("msgtype", said.type());
                            request.set(said.type(), said.fields());
                            return api.post(SEND, request.toString());
                        })
                .map(AppSending::accepted)
                .onErrorResume(
                        error ->
                                !afresh
                                        && error instanceof CorpRefusal refusal
                                        && refusal.error() == CorpError.MEDIA_GONE,
                        gone -> toMember(message, true));
    }

    /** Success names those whom it did not reach. */
    private static Accepted accepted(JsonNode answer) {
        if (!answer.path("invaliduser").asString("").isEmpty()) {
            throw new Unreachable("no such member for this application");
        }
        return new Accepted(answer.path("msgid").asString(""));
    }

    private Mono<Accepted> welcome(OutboundMessage message) {
        var key = codeKey(account.name(), message.to().party());
        return codes.take(key)
                .switchIfEmpty(
                        Mono.error(() -> new WindowClosed("only members write to customers")))
                .flatMap(
                        code ->
                                attachments
                                        .write(
                                                JsonMapper.shared()
                                                        .createObjectNode()
                                                        .put("welcome_code", code.code()),
                                                List.of(message.content()))
                                        .map(ObjectNode::toString)
                                        .flatMap(body -> api.post(WELCOME, body))
                                        .onErrorResume(error -> kept(key, code, error)))
                .thenReturn(new Accepted(""));
    }

    /** What was certainly not taken may use the code again. */
    private Mono<JsonNode> kept(String key, Code code, Throwable error) {
        var failure = error instanceof CorpRefusal refusal ? refusal.toDelivery() : error;
        return failure instanceof Unavailable || failure instanceof Throttled
                ? codes.keep(key, code).then(Mono.error(failure))
                : Mono.error(failure);
    }
}
