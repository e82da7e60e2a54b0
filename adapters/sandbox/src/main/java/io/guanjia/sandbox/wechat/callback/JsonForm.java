package io.guanjia.sandbox.wechat.callback;

import io.guanjia.sandbox.http.Json;
import io.guanjia.weixin.protocol.XmlFields;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The document of a callback as an account in JSON mode gets it. What occurs once is a value, what
 * occurs more often an array; the lists of subscription events stand without the group that they
 * have in XML. Source: 微信开放文档, 订阅消息语音提醒 and 接收消息和事件; samples in SKIT.FlurlHttpClient.Wechat.
 */
final class JsonForm {

    private static final Set<String> NUMBERS = Set.of("CreateTime", "MsgId");
    private static final Pattern GROUP = Pattern.compile("SubscribeMsg\\w+Event");

    private JsonForm() {}

    static String of(String xml) {
        return object(XmlFields.parse(xml)).toString();
    }

    private static ObjectNode object(XmlFields fields) {
        var json = Json.object();
        for (var field : fields.children()) {
            if (GROUP.matcher(field.name()).matches()) {
                field.children().forEach(inner -> add(json, inner));
            } else {
                add(json, field);
            }
        }
        return json;
    }

    private static void add(ObjectNode json, XmlFields field) {
        var value = value(field);
        var present = json.get(field.name());
        switch (present) {
            case null -> json.set(field.name(), value);
            case ArrayNode several -> several.add(value);
            default -> json.putArray(field.name()).add(present).add(value);
        }
    }

    private static JsonNode value(XmlFields field) {
        if (!field.children().isEmpty()) {
            return object(field);
        }
        var nodes = JsonNodeFactory.instance;
        return NUMBERS.contains(field.name())
                ? nodes.numberNode(Long.parseLong(field.value()))
                : nodes.stringNode(field.value());
    }
}
