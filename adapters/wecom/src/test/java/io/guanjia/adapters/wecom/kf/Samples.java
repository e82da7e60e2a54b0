package io.guanjia.adapters.wecom.kf;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Map;

/** Entries that do not come from customers. */
final class Samples {

    private Samples() {}

    static JsonNode event(String id, Instant at, Map<String, Object> fields) {
        ObjectNode event = JsonMapper.shared().valueToTree(fields);
        event.put("open_kfid", Accounts.KFID).put("external_userid", Accounts.PARTY);
        var item =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("msgid", id)
                        .put("send_time", at.getEpochSecond())
                        .put("origin", 4)
                        .put("msgtype", "event");
        item.set("event", event);
        return item;
    }

    static JsonNode fromServicer(String id, Instant at, String words) {
        return fromServicer(
                id, at, "text", JsonMapper.shared().createObjectNode().put("content", words));
    }

    static JsonNode fromServicer(String id, Instant at, String type, JsonNode said) {
        return ((ObjectNode) FakeKf.item(id, type, said, at))
                .put("origin", 5)
                .put("servicer_userid", "lisi");
    }
}
