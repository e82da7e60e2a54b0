package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CorpApi;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of customers' sessions (会话状态), as far as sending depends on it: the API may send in 0
 * and 1 only. Out of 2 and 3, where members of the corporation serve the customer, it may lead to
 * other members or to the end, and neither is for a channel to decide. Source: 企业微信开发者中心, 分配客服会话
 * (94669).
 */
final class ServiceState {

    private static final String GET = "kf/service_state/get";
    private static final String TRANS = "kf/service_state/trans";

    private static final int UNTREATED = 0;
    private static final int BY_API = 1;
    private static final int QUEUED = 2;
    private static final int BY_PERSON = 3;

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

    /** Takes the session over where nobody has yet (新接入待处理 → 由智能助手接待). */
    Mono<Taken> take(String party) {
        return api.post(GET, session(party).toString())
                .flatMap(
                        answer ->
                                switch (answer.path("service_state").asInt(-1)) {
                                    case UNTREATED ->
                                            api.post(
                                                            TRANS,
                                                            session(party)
                                                                    .put("service_state", BY_API)
                                                                    .toString())
                                                    .thenReturn(Taken.YES);
                                    case QUEUED, BY_PERSON -> Mono.just(Taken.PERSON);
                                    default -> Mono.just(Taken.NO);
                                });
    }

    private ObjectNode session(String party) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("open_kfid", account.openKfid())
                .put("external_userid", party);
    }
}
