package io.guanjia.adapters.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Reading.Answers;
import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/** JSON as providers send and expect it. */
public final class JsonBody {

    /** Theirs has two levels. */
    private static final int DEEPEST = 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonBody() {}

    /** Fails with {@link CallbackRejected} where it is none. */
    public static JsonNode read(Callback callback) {
        var node = parse(new String(callback.body(), UTF_8));
        if (node == null) {
            throw malformed();
        }
        return node;
    }

    /** The entries of an array. Fails with {@link CallbackRejected} where it is none. */
    public static List<JsonNode> readArray(Callback callback) {
        var node = read(callback);
        if (!node.isArray()) {
            throw malformed();
        }
        return node.valueStream().toList();
    }

    /** The same, where an object stands for one entry. */
    public static List<JsonNode> readEntries(Callback callback) {
        var node = read(callback);
        return node.isObject() ? List.of(node) : readArray(callback);
    }

    private static CallbackRejected malformed() {
        return new CallbackRejected(CallbackRejected.Kind.MALFORMED, "json");
    }

    /** Null where it is none. */
    public static @Nullable JsonNode parse(String text) {
        try {
            var node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JacksonException e) {
            return null;
        }
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A field of text, number or truth as text; empty where there is none. */
    public static String text(@Nullable JsonNode node, String field) {
        if (node == null) {
            return "";
        }
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    /** The one answer to a callback: nobody can be spoken to in it. */
    public static Answers answer(String json) {
        return new Acknowledged(
                new CallbackResponse("application/json;charset=UTF-8", json.getBytes(UTF_8)));
    }

    private record Acknowledged(CallbackResponse acknowledgement) implements Answers {
        @Override
        public Optional<CallbackResponse> passively(Content content) {
            return Optional.empty();
        }
    }
}
