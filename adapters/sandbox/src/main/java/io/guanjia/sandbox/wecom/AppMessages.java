package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code message/send} does. Source: 企业微信开发者中心, 发送应用消息 (90236). */
final class AppMessages {

    private AppMessages() {}

    static ObjectNode send(ObjectNode request, WecomAccount account, boolean shown) {
        if (!Json.text(request, "agentid").equals(account.settings().endpoint().agentId())) {
            throw new CorpRefusal(CorpError.NOT_ITS_AGENT);
        }
        var bubble = Bubble.ofApplication(request, account);
        var members = new ArrayList<WecomMember>();
        var unknown = new ArrayList<String>();
        for (var userId : addressees(request, account)) {
            account.findMember(userId).ifPresentOrElse(members::add, () -> unknown.add(userId));
        }
        if (members.isEmpty()) {
            throw new CorpRefusal(CorpError.NOT_VISIBLE);
        }
        if (shown) {
            members.forEach(member -> member.hears(bubble));
        }
        return Json.object()
                .put("errcode", 0)
                .put("errmsg", "ok")
                .put("invaliduser", String.join("|", unknown))
                .put("msgid", "app-" + account.newMessageId());
    }

    private static List<String> addressees(ObjectNode request, WecomAccount account) {
        var to = Json.text(request, "touser");
        return to.equals("@all")
                ? account.members().stream().map(WecomMember::id).toList()
                : Stream.of(to.split("\\|")).filter(id -> !id.isEmpty()).distinct().toList();
    }
}
