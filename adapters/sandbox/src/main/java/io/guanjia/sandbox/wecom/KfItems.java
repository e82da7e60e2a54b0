package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

/**
 * What the server gets to read of one customer: entries for the log, none of which is in it yet.
 * Source: 企业微信开发者中心, 读取消息 (94670).
 */
final class KfItems {

    private static final int FROM_CUSTOMER = 3;
    private static final int FROM_PLATFORM = 4;
    private static final int FROM_MEMBER = 5;

    private final KfAccount account;
    private final String customer;

    KfItems(KfAccount account, String customer) {
        this.account = account;
        this.customer = customer;
    }

    /**
     * The customer said something.
     *
     * @param type the platform's name for what is said
     */
    ObjectNode said(String type, ObjectNode content) {
        var item = account.item(type).put("external_userid", customer).put("origin", FROM_CUSTOMER);
        item.put("open_kfid", account.openKfid()).set(type, content);
        return item;
    }

    /** A member of the corporation said something. */
    ObjectNode saidBy(String servicer, String words) {
        var item =
                account.item("text")
                        .put("open_kfid", account.openKfid())
                        .put("external_userid", customer)
                        .put("origin", FROM_MEMBER)
                        .put("servicer_userid", servicer);
        item.set("text", Json.object().put("content", words));
        return item;
    }

    /**
     * The customer came into the chat.
     *
     * @param welcome the code by which they can be welcomed; empty where they cannot
     */
    ObjectNode entered(String scene, String welcome) {
        var event = event("enter_session").put("scene", scene);
        if (!welcome.isEmpty()) {
            event.put("welcome_code", welcome);
        }
        return item(event);
    }

    ObjectNode recalled(String msgid) {
        return item(event("user_recall_msg").put("recall_msgid", msgid));
    }

    /** The customer turned a message of the server's away. */
    ObjectNode rejected(String msgid) {
        return item(event("msg_send_fail").put("fail_msgid", msgid).put("fail_type", 10));
    }

    /**
     * A member took the session over.
     *
     * @param code by which the server may answer it
     */
    ObjectNode taken(String servicer, String code) {
        return changed(1, "", servicer, code);
    }

    /** The session of that member, or of nobody, ended. */
    ObjectNode ended(String servicer, String code) {
        return changed(3, servicer, "", code);
    }

    private ObjectNode changed(int type, String before, String now, String code) {
        return item(
                event("session_status_change")
                        .put("change_type", type)
                        .put("old_servicer_userid", before)
                        .put("new_servicer_userid", now)
                        .put("msg_code", code));
    }

    private ObjectNode event(String type) {
        return Json.object()
                .put("event_type", type)
                .put("open_kfid", account.openKfid())
                .put("external_userid", customer);
    }

    private ObjectNode item(ObjectNode event) {
        var item = account.item("event").put("origin", FROM_PLATFORM);
        item.set("event", event);
        return item;
    }
}
