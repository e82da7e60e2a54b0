package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpError;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.message.Content;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;

/**
 * The state of customers' sessions (会话状态): the API may send in 0 and 1 only, and leads a session to
 * members of the corporation (2, 3) or to its end (4) when the gateway says so. Back from there
 * leads only what the customer writes after the end. Source: 企业微信开发者中心, 分配客服会话 (94669).
 */
final class ServiceState {

    private static final String GET = "kf/service_state/get";
    private static final String TRANS = "kf/service_state/trans";

    /** By which the gateway knows this way out. */
    static final String LABEL = CorpApi.label(TRANS);

    /** Native content of this kind changes the state, with the platform's own fields. */
    private static final String KIND = "service_state";

    private static final String STATE = "service_state";
    private static final String SERVICER = "servicer_userid";

    private static final int UNTREATED = 0;
    private static final int BY_API = 1;
    private static final int QUEUED = 2;
    private static final int BY_PERSON = 3;
    private static final int OVER = 4;

    private final WecomKfAccount account;
    private final CorpApi api;

    ServiceState(WecomKfAccount account, CorpApi api) {
        this.account = account;
        this.api = api;
    }

    /** Whether the session is ours now. */
    enum Taken {
        YES,
        /** A person serves the customer from within 企业微信, or is about to. */
        PERSON,
        /** It is over, or it is ours and the platform does not let us all the same. */
        NO
    }

    /** Whether content is for the platform alone. */
    static boolean isChange(Content content) {
        return content instanceof Content.Native special && special.kind().equals(KIND);
    }

    /** The change that follows when a conversation changes hands; empty where none does. */
    static Optional<Content.Native> told(WecomKfAccount account, Handing handing) {
        return switch (handing) {
            case OVER ->
                    account.endSession()
                            ? Optional.of(new Content.Native(KIND, Map.of(STATE, OVER)))
                            : Optional.empty();
            case TO_COLLEAGUE ->
                    switch (account.person()) {
                        case DESK -> Optional.empty();
                        case SERVICERS -> Optional.of(new Content.Native(KIND, to(account)));
                    };
        };
    }

    private static Map<String, Object> to(WecomKfAccount account) {
        var servicer = account.servicerUserid();
        return servicer == null
                ? Map.of(STATE, QUEUED)
                : Map.of(STATE, BY_PERSON, SERVICER, servicer);
    }

    /**
     * Changes the state, unless the session is there already. Who is not at work gets nobody: the
     * customer then waits in 待接入池 for whoever is. Emits the code by which something can be said at
     * the end (结束语code), where this ended it. Fails with {@link CorpRefusal}, or with {@link
     * Refused} where no way leads there.
     */
    Mono<String> change(String party, Content.Native wanted) {
        ObjectNode fields = JsonMapper.shared().valueToTree(wanted.payload());
        int state = fields.path(STATE).asInt(-1);
        return trans(of(party, fields))
                .filter(answer -> state == OVER)
                .map(answer -> answer.path("msg_code").asString(""))
                .filter(code -> !code.isEmpty())
                .onErrorResume(
                        error -> state == BY_PERSON && is(error, CorpError.NOT_A_SERVICER),
                        error -> trans(session(party).put(STATE, QUEUED)).then(Mono.empty()))
                .onErrorResume(
                        CorpRefusal.class,
                        refusal ->
                                is(refusal, CorpError.WRONG_STATE)
                                                || is(refusal, CorpError.WINDOW_CLOSED)
                                        ? unlessThere(party, state, refusal)
                                        : Mono.error(refusal));
    }

    private Mono<String> unlessThere(String party, int wanted, CorpRefusal refusal) {
        return state(party)
                .flatMap(
                        now ->
                                now == wanted || (isWithPeople(now) && isWithPeople(wanted))
                                        ? Mono.empty()
                                        : Mono.error(new Refused(refusal.reason())));
    }

    private static boolean isWithPeople(int state) {
        return state == QUEUED || state == BY_PERSON;
    }

    /** Takes the session over where nobody has yet (新接入待处理 → 由智能助手接待). */
    Mono<Taken> take(String party) {
        return state(party)
                .flatMap(
                        now ->
                                switch (now) {
                                    case UNTREATED ->
                                            trans(session(party).put(STATE, BY_API))
                                                    .thenReturn(Taken.YES);
                                    case QUEUED, BY_PERSON -> Mono.just(Taken.PERSON);
                                    default -> Mono.just(Taken.NO);
                                });
    }

    private Mono<Integer> state(String party) {
        return api.post(GET, session(party).toString()).map(answer -> answer.path(STATE).asInt(-1));
    }

    private Mono<JsonNode> trans(ObjectNode request) {
        return api.post(TRANS, request.toString());
    }

    private ObjectNode session(String party) {
        return of(party, JsonMapper.shared().createObjectNode());
    }

    private ObjectNode of(String party, ObjectNode fields) {
        return fields.put("open_kfid", account.openKfid()).put("external_userid", party);
    }

    private static boolean is(Throwable error, CorpError what) {
        return error instanceof CorpRefusal refusal && refusal.error() == what;
    }
}
