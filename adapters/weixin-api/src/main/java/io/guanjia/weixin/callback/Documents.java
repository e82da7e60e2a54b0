package io.guanjia.weixin.callback;

import io.guanjia.weixin.protocol.ProtocolException;
import io.guanjia.weixin.protocol.ProtocolException.Reason;
import io.guanjia.weixin.protocol.XmlCharacters;
import io.guanjia.weixin.protocol.XmlFields;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents in either of the two formats a console offers (数据格式: XML or JSON). JSON is read into
 * the same fields as XML: an object is a group, an array an element that occurs several times, a
 * number its digits. Characters that XML could not carry become U+FFFD here too.
 */
public final class Documents {

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(XmlFields.MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Documents() {}

    /**
     * Reads a document of either format.
     *
     * @throws ProtocolException as {@link XmlFields#parse(String)} does
     */
    public static XmlFields parse(String document) {
        return isJson(document) ? json(document) : XmlFields.parse(document);
    }

    private static boolean isJson(String document) {
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c != '\uFEFF' && !Character.isWhitespace(c)) {
                return c == '{';
            }
        }
        return false;
    }

    private static XmlFields json(String document) {
        if (document.getBytes(StandardCharsets.UTF_8).length > XmlFields.MAX_BYTES) {
            throw new ProtocolException(Reason.TOO_LARGE);
        }
        JsonNode root;
        try {
            root = JSON.readTree(document.startsWith("\uFEFF") ? document.substring(1) : document);
        } catch (JacksonException e) {
            throw new ProtocolException(Reason.MALFORMED);
        }
        return new XmlFields("xml", "", children(root));
    }

    private static List<XmlFields> children(JsonNode object) {
        var fields = new ArrayList<XmlFields>();
        object.properties().forEach(field -> add(field.getKey(), field.getValue(), fields));
        return fields;
    }

    private static void add(String name, JsonNode value, List<XmlFields> to) {
        if (value.isArray()) {
            value.forEach(one -> add(name, one, to));
        } else if (value.isObject()) {
            to.add(new XmlFields(name, "", children(value)));
        } else {
            to.add(
                    new XmlFields(
                            name,
                            value.isNull() ? "" : XmlCharacters.legal(value.asString()),
                            List.of()));
        }
    }
}
