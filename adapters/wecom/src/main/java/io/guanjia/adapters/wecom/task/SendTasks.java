package io.guanjia.adapters.wecom.task;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.adapters.wecom.task.SendTask.Audience;
import io.guanjia.adapters.wecom.task.TaskAccounts.Access;
import io.guanjia.adapters.wecom.task.TaskStore.Begun;
import io.guanjia.adapters.wecom.task.TaskStore.NewTask;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Has members send things (企业群发), and knows what became of them. For campaigns, which reach ten
 * thousand customers with one task; a single delivery comes by way of the channel. Source:
 * 企业微信开发者中心, 创建企业群发 (92135), 提醒成员群发 (97610), 停止企业群发 (97611).
 */
public final class SendTasks {

    private static final String ADD = "externalcontact/add_msg_template";
    private static final String REMIND = "externalcontact/remind_groupmsg_send";
    static final String CANCEL = "externalcontact/cancel_groupmsg_send";
    private static final String GROUP = "externalcontact/groupchat/get";

    /** By which the gateway knows this way out. */
    public static final String LABEL = CorpApi.label(ADD);

    /** What the platform has taken must not be forgotten because a connection broke. */
    private static final Retry UNTIL_STORED =
            Retry.backoff(6, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(2));

    private final TaskAccounts accounts;
    private final TaskStore store;
    private final Clock clock;

    public SendTasks(TaskAccounts accounts, TaskStore store, Clock clock) {
        this.accounts = accounts;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Asks members to send something, and emits the platform's id for the task. Safe to repeat with
     * the same key. Fails only with {@link DeliveryException}.
     */
    public Mono<String> create(SendTask task) {
        return access(task.account())
                .flatMap(
                        access ->
                                create(
                                        access,
                                        task.key(),
                                        task.account(),
                                        null,
                                        task.audience(),
                                        access.attachments()
                                                .write(
                                                        JsonMapper.shared().createObjectNode(),
                                                        task.said())));
    }

    /**
     * The same for one delivery, which hears by a receipt what became of it. Groups whose sender
     * nobody names are sent to by their owner.
     *
     * @param party whom the delivery goes to
     * @param fields the platform's own, such as {@code text} and {@code attachments}
     */
    public Mono<String> create(
            String key, String account, String party, boolean toGroup, ObjectNode fields) {
        return access(account)
                .flatMap(
                        access ->
                                audience(access, party, toGroup, fields)
                                        .flatMap(
                                                audience ->
                                                        create(
                                                                access,
                                                                key,
                                                                account,
                                                                party,
                                                                audience,
                                                                Mono.just(fields.deepCopy()))));
    }

    /** Has the platform remind members who have not confirmed; three times in 24 hours at most. */
    public Mono<Void> remind(String account, String msgid) {
        return call(account, REMIND, msgid);
    }

    /** Stops what members have not sent yet. It ends soon after, each recipient with a reason. */
    public Mono<Void> cancel(String account, String msgid) {
        return call(account, CANCEL, msgid).then(store.stop(account, msgid)).then();
    }

    /** What became of every recipient so far. */
    public Flux<Outcome> outcomes(String account, String msgid) {
        return store.outcomes(account, msgid);
    }

    private Mono<Void> call(String account, String api, String msgid) {
        return access(account)
                .flatMap(access -> access.api().post(api, named(msgid).toString()))
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery)
                .then();
    }

    static ObjectNode named(String msgid) {
        return JsonMapper.shared().createObjectNode().put("msgid", msgid);
    }

    private Mono<Access> access(String account) {
        return Mono.fromSupplier(
                () ->
                        accounts.find(account)
                                .orElseThrow(
                                        () ->
                                                new Blocked(
                                                        "no such account in the settings",
                                                        null,
                                                        null)));
    }

    private static Mono<Audience> audience(
            Access access, String party, boolean toGroup, ObjectNode fields) {
        var given = fields.path("sender").asString("").strip();
        var sender = given.isEmpty() ? null : given;
        return Mono.defer(
                        () -> {
                            if (!toGroup) {
                                return Mono.just(
                                        new Audience.Customers(
                                                sender, ids(fields, "external_userid", party)));
                            }
                            var groups = ids(fields, "chat_id_list", party);
                            return (sender == null ? owner(access, party) : Mono.just(sender))
                                    .map(owner -> (Audience) new Audience.Groups(owner, groups));
                        })
                .onErrorMap(IllegalArgumentException.class, e -> new Refused(reason(e)));
    }

    private static String reason(IllegalArgumentException e) {
        var message = e.getMessage();
        return message == null ? "not a task" : message;
    }

    private static List<String> ids(ObjectNode fields, String field, String party) {
        var ids = texts(fields.path(field));
        return ids.isEmpty() ? List.of(party) : ids;
    }

    private static Mono<String> owner(Access access, String group) {
        var request = JsonMapper.shared().createObjectNode().put("chat_id", group);
        return access.api()
                .post(GROUP, request.toString())
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery)
                .map(answer -> answer.path("group_chat").path("owner").asString(""))
                .filter(owner -> !owner.isEmpty())
                .switchIfEmpty(Mono.error(() -> new Refused("the group has no owner")));
    }

    private Mono<String> create(
            Access access,
            String key,
            String account,
            @Nullable String party,
            Audience audience,
            Mono<ObjectNode> said) {
        var toGroups = audience instanceof Audience.Groups;
        return Mono.defer(
                        () ->
                                store.begin(
                                        new NewTask(
                                                key,
                                                account,
                                                party,
                                                toGroups,
                                                audience.ids(),
                                                clock.instant().plus(access.lifetime()))))
                .flatMap(
                        begun ->
                                switch (begun) {
                                    case Begun.Known known -> Mono.just(known.msgid());
                                    case Begun.Unclear _ ->
                                            Mono.<String>error(
                                                    new OutcomeUnknown(Outcome.NEVER_KNOWN));
                                    case Begun.Fresh _ ->
                                            said.onErrorResume(error -> dropped(key, error))
                                                    .map(fields -> request(fields, audience))
                                                    .flatMap(body -> post(access, key, body));
                                })
                .onErrorMap(SendTasks::toDelivery);
    }

    /** A task that was certainly not taken is forgotten, so that it can be tried again. */
    private Mono<String> post(Access access, String key, ObjectNode body) {
        return access.api()
                .post(ADD, body.toString())
                .onErrorMap(CorpRefusal.class, CorpRefusal::toDelivery)
                .onErrorResume(
                        error ->
                                error instanceof OutcomeUnknown
                                        ? Mono.error(error)
                                        : dropped(key, error))
                .flatMap(answer -> keep(access, key, answer));
    }

    private <T> Mono<T> dropped(String key, Throwable error) {
        return store.drop(key).then(Mono.error(error));
    }

    /** Everything else that fails has failed before the platform heard of it. */
    private static Throwable toDelivery(Throwable error) {
        return switch (error) {
            case DeliveryException known -> known;
            case CorpRefusal refusal -> refusal.toDelivery();
            default -> new Unavailable("not stored");
        };
    }

    private Mono<String> keep(Access access, String key, JsonNode answer) {
        var msgid = answer.path("msgid").asString("");
        if (msgid.isEmpty()) {
            return Mono.error(new OutcomeUnknown("answer is not what the platform documents"));
        }
        return Mono.defer(
                        () ->
                                store.created(
                                        key,
                                        msgid,
                                        texts(answer.path("fail_list")),
                                        clock.instant().plus(access.pollEvery())))
                .retryWhen(UNTIL_STORED)
                .onErrorMap(error -> new OutcomeUnknown("not stored"))
                .thenReturn(msgid);
    }

    private static ObjectNode request(ObjectNode fields, Audience audience) {
        var field =
                switch (audience) {
                    case Audience.Customers _ -> "external_userid";
                    case Audience.Groups _ -> "chat_id_list";
                };
        fields.put("chat_type", audience instanceof Audience.Groups ? "group" : "single");
        if (audience.sender() != null) {
            fields.put("sender", audience.sender());
        }
        if (!audience.ids().isEmpty()) {
            var list = fields.putArray(field);
            audience.ids().forEach(list::add);
        }
        return fields;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString("")));
        return texts;
    }
}
