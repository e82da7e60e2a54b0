package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

/** What the calls about chats do. Refusals come as {@link CorpRefusal}. */
final class KfMessaging {

    private KfMessaging() {}

    /** {@code kf/sync_msg}. */
    static ObjectNode page(ObjectNode request, KfAccount account) {
        int limit = request.path("limit").asInt(MessageLog.MOST);
        if (limit < 1 || limit > MessageLog.MOST) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        var page = account.page(Json.text(request, "cursor"), Json.text(request, "token"), limit);
        var answer =
                ok().put("next_cursor", page.nextCursor()).put("has_more", page.more() ? 1 : 0);
        answer.putArray("msg_list").addAll(page.items());
        return answer;
    }

    /** {@code kf/send_msg}. An id that came before has no second effect. */
    static ObjectNode send(ObjectNode request, KfAccount account, boolean shown) {
        var customer = customer(request, "touser", account);
        var message = Outgoing.read(request, account);
        if (account.isNew(customer.id(), message.msgid())) {
            try {
                customer.receive(message, shown);
            } catch (CorpRefusal refusal) {
                account.forget(customer.id(), message.msgid());
                throw refusal;
            }
        }
        return ok().put("msgid", message.msgid());
    }

    /** {@code kf/send_msg_on_event}. */
    static ObjectNode onEvent(ObjectNode request, KfAccount account, boolean shown) {
        var message = Outgoing.onEvent(request, account);
        var occasion = account.codes().take(Json.text(request, "code"));
        occasion.customer().greet(message, shown, occasion.state());
        return ok().put("msgid", message.msgid());
    }

    /** {@code kf/service_state/get}. */
    static ObjectNode state(ObjectNode request, KfAccount account) {
        var customer = customer(request, "external_userid", account);
        return ok().put("service_state", customer.state())
                .put("servicer_userid", customer.servicer());
    }

    /** {@code kf/service_state/trans}. */
    static ObjectNode transfer(ObjectNode request, KfAccount account) {
        var customer = customer(request, "external_userid", account);
        int state = request.path("service_state").asInt(-1);
        customer.transfer(state, Json.text(request, "servicer_userid"));
        return state > Session.BY_API ? ok().put("msg_code", customer.code()) : ok();
    }

    private static KfCustomer customer(ObjectNode request, String field, KfAccount account) {
        return account.find(Json.text(request, field))
                .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_CUSTOMER));
    }

    private static ObjectNode ok() {
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }
}
