package io.guanjia.sandbox.wecom;

import io.guanjia.weixin.protocol.XmlFields;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** The server of a self-built application with two members. */
final class AppServer extends CalledServer {

    static final String AGENT = "1000002";

    final WecomPlatform platform = sandbox.platform(WecomPlatform.class);

    AppServer() {
        super(
                WecomPlatform.NAME,
                "app-secret-value",
                Map.of("agent-id", AGENT, "members", "xiaoli, xiaowang"));
    }

    WecomAccount account() {
        return platform.require("demo");
    }

    WecomMember xiaoli() {
        return account().member("xiaoli");
    }

    /** What came last. */
    XmlFields heard() {
        return callbacks.getLast();
    }

    JsonNode tells(String members, String words) {
        return post(
                "message/send",
                """
                {"touser": "%s", "msgtype": "text", "agentid": %s, "text": {"content": "%s"}}
                """
                        .formatted(members, AGENT, words));
    }

    JsonNode welcomes(String code, String words) {
        return post(
                "externalcontact/send_welcome_msg",
                """
                {"welcome_code": "%s", "text": {"content": "%s"}}
                """
                        .formatted(code, words));
    }

    /** Has xiaoli asked to send something to customers, with these fields besides. */
    JsonNode asks(String fields) {
        return post(
                "externalcontact/add_msg_template",
                """
                {"chat_type": "single", "text": {"content": "春季理财上新"}, %s}
                """
                        .formatted(fields));
    }

    JsonNode results(String msgid) {
        return post(
                "externalcontact/get_groupmsg_send_result",
                "{\"msgid\": \"" + msgid + "\", \"userid\": \"xiaoli\"}");
    }
}
