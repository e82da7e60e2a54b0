package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code externalcontact/send_welcome_msg} does: once for a code, within 20 seconds, and not
 * where the two talk already. Source: 企业微信开发者中心, 发送新客户欢迎语 (92599).
 */
final class Welcomes {

    private Welcomes() {}

    static ObjectNode send(ObjectNode request, WecomAccount account, boolean shown) {
        var said = Bubble.withAttachments(request, account);
        var contact = account.codes().take(Json.text(request, "welcome_code"));
        if (contact.customer().hasTalkedTo(contact.member())) {
            throw new CorpRefusal(CorpError.CHAT_STARTED);
        }
        if (shown) {
            said.forEach(
                    one ->
                            contact.customer()
                                    .screen()
                                    .show(one.line(account.now(), contact.member().id() + " 欢迎语")));
        }
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }
}
