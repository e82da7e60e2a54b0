package io.guanjia.sandbox.wecom;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** The server of a corporation with one 客服账号. */
final class KfServer extends CalledServer {

    static final String KFID = "wkTESTKF000000000000000000000001";

    final WecomKfPlatform platform = sandbox.platform(WecomKfPlatform.class);

    KfServer() {
        super(WecomKfPlatform.NAME, "kf-secret-value", Map.of("open-kfid", KFID));
    }

    KfAccount account() {
        return platform.require("demo");
    }

    JsonNode sync(String cursor, String token) {
        return post(
                "kf/sync_msg",
                """
                {"cursor": "%s", "token": "%s", "open_kfid": "%s", "limit": 1000}
                """
                        .formatted(cursor, token, KFID));
    }

    JsonNode text(KfCustomer to, String msgid, String words) {
        return post(
                "kf/send_msg",
                """
                {"touser": "%s", "open_kfid": "%s", "msgid": "%s", "msgtype": "text",
                 "text": {"content": "%s"}}
                """
                        .formatted(to.id(), KFID, msgid, words));
    }
}
