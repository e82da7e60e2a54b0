package io.guanjia.sandbox.http;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * JSON as the stand-ins speak it: durations and instants as ISO-8601 text, unknown fields refused.
 */
public final class Json {

    /** For the control API and the page. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private Json() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The object a text holds; null when it holds anything else. */
    public static @Nullable ObjectNode readObject(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node instanceof ObjectNode object ? object : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** A text field, or an empty text. Numbers count as text. */
    public static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    /** All fields as {@link #text} reads them, in a map of the caller's own. */
    public static Map<String, String> texts(ObjectNode node) {
        var texts = new HashMap<String, String>();
        node.propertyNames().forEach(field -> texts.put(field, text(node, field)));
        return texts;
    }

    /**
     * Reads a record, all of whose parts that are not marked nullable must be there.
     *
     * @throws IllegalArgumentException naming what is missing or wrong
     */
    public static <T> T read(JsonNode node, Class<T> type) {
        try {
            var value = MAPPER.treeToValue(node, type);
            requireComplete(value, "");
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    private static void requireComplete(@Nullable Object value, String path) {
        if (value instanceof Collection<?> all) {
            all.forEach(one -> requireComplete(one, path));
        }
        if (!(value instanceof Record)) {
            return;
        }
        for (var component : value.getClass().getRecordComponents()) {
            var part = part(value, component);
            if (part != null) {
                requireComplete(part, path + component.getName() + ".");
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new IllegalArgumentException(path + component.getName() + " is missing");
            }
        }
    }

    private static @Nullable Object part(Object value, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** What a person can act on: the innermost message, without where in our code it came up. */
    private static String reason(JacksonException e) {
        var cause = e.getCause();
        var message =
                cause != null && cause.getMessage() != null
                        ? cause.getMessage()
                        : e.getOriginalMessage();
        var where = e.getPath().isEmpty() ? "" : e.getPathReference() + ": ";
        return where.replaceAll("[\\w.$]+\\[\"", "").replace("\"]", "") + message;
    }
}
