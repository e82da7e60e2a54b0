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
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * Sends for one application: to members always, to a customer the welcome that follows their
 * coming. There is no API by which a member's customer or a group could be written to at will, so
 * with whatever else a person or another system has to say to them a member is asked to send it
 * (企业群发); or, with more of the platform's own choices, by the native content {@code
 * add_msg_template}.
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
    private final Welcome welcomes;
    private final SendTasks tasks;
    private final OneTimeCodes codes;
    private final MemberPace pace;

    AppSending(
            WecomAccount account,
            CorpApi api,
            AppMessage messages,
            Attachments attachments,
            SendTasks tasks,
            OneTimeCodes codes,
            MemberPace pace) {
        this.account = account;
        this.api = api;
        this.messages = messages;
        this.attachments = attachments;
        this.welcomes = new Welcome(attachments);
        this.tasks = tasks;
        this.codes = codes;
        this.pace = pace;
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> deliver(OutboundMessage message) {
        if (message.content() instanceof Content.Native special && isTask(special)) {
            return task(message, special);
        }
        return (switch (Party.of(message.to().party())) {
                    case MEMBER ->
                            Welcome.isOne(message.content())
                                    ? Mono.<Accepted>error(
                                            new Refused("only new customers are welcomed"))
                                    : toMember(message, false);
                    case CUSTOMER ->
                            welcome(message)
                                    .switchIfEmpty(
                                            byMember(message, "only members write to customers"));
                    case GROUP -> byMember(message, "only members write to groups");
                })
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery);
    }

    /** Whether members are asked to send it. */
    static boolean isTask(Content.Native special) {
        return special.kind().equals(TASK);
    }

    /** Whether a member is asked to send it, unless it is in time to be the welcome. */
    static boolean isForMembers(OutboundMessage message) {
        return Party.of(message.to().party()) != Party.MEMBER
                && !Welcome.isOne(message.content())
                && isSomebodys(message.author());
    }

    private Mono<Accepted> task(OutboundMessage message, Content.Native special) {
        return Party.of(message.to().party()) == Party.MEMBER
                ? Mono.error(new Refused("only customers and groups are sent to by members"))
                : task(message, JsonMapper.shared().<ObjectNode>valueToTree(special.payload()));
    }

    private Mono<Accepted> task(OutboundMessage message, ObjectNode fields) {
        var party = message.to().party();
        return tasks.create(
                        message.deliveryId(),
                        account.name(),
                        party,
                        Party.of(party) == Party.GROUP,
                        fields)
                .map(Accepted::new);
    }

    /**
     * For what somebody has to say. What the bot would add is no reason to bother a member, nor one
     * to use up what the platform lets a customer be sent in a day.
     */
    private Mono<Accepted> byMember(OutboundMessage message, String otherwise) {
        return Mono.defer(
                () -> {
                    if (!isForMembers(message)) {
                        return Mono.error(new WindowClosed(otherwise));
                    }
                    var fields = JsonMapper.shared().createObjectNode();
                    return attachments
                            .write(fields, List.of(message.content()))
                            .flatMap(written -> task(message, written));
                });
    }

    private static boolean isTooLate(Throwable error) {
        return error instanceof CorpRefusal refusal && refusal.error() == CorpError.NO_WELCOME;
    }

    private static boolean isSomebodys(Author author) {
        return author.kind() == Author.Kind.AGENT
                || (author.kind() == Author.Kind.SYSTEM && author.name() != null);
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
                            return pace.take(message.to().party())
                                    .then(Mono.defer(() -> api.post(SEND, request.toString())));
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

    /**
     * Empty where there is no code, or one that is good no more. It is good once, so it is not
     * taken for what could not be said anyway.
     */
    private Mono<Accepted> welcome(OutboundMessage message) {
        var content = message.content();
        var to = message.to();
        return Mono.fromRunnable(() -> Welcome.require(content))
                .then(codes.take(to))
                .flatMap(
                        code ->
                                welcomes.request(code.code(), content)
                                        .onErrorResume(error -> keep(to, code, error))
                                        .map(ObjectNode::toString)
                                        .flatMap(body -> welcome(to, code, body)))
                .map(_ -> new Accepted(""));
    }

    private Mono<JsonNode> welcome(Address to, Code code, String body) {
        return api.post(WELCOME, body)
                .onErrorResume(AppSending::isTooLate, _ -> Mono.empty())
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery)
                .onErrorResume(
                        error -> error instanceof Unavailable || error instanceof Throttled,
                        error -> keep(to, code, error));
    }

    /** What the platform has certainly not used may be used again. */
    private <T> Mono<T> keep(Address to, Code code, Throwable error) {
        return codes.keep(to, code).then(Mono.error(error));
    }
}
