package io.guanjia.gateway.desk;

import static io.guanjia.gateway.desk.Words.optional;
import static io.guanjia.gateway.desk.Words.words;

import io.guanjia.gateway.desk.InvalidRequest.Reason;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Content.Template;
import io.guanjia.gateway.message.Content.Template.MiniProgramTarget;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what another system wants to say: what the desk can say, and what only a system does. */
@Component
final class NoticeWords {

    private static final int MOST_OPTIONS = 50;

    private final Words words;
    private final JsonMapper json;

    NoticeWords(Words words, JsonMapper json) {
        this.words = words;
        this.json = json;
    }

    /** Fails with {@link InvalidRequest}, naming the field. */
    Mono<Content> read(JsonNode content, Viewer viewer) {
        return Mono.defer(
                () ->
                        switch (content.path("type").asString("")) {
                            case "template" -> Mono.just(template(content));
                            case "suggestions" -> Mono.just(suggestions(content));
                            case "native" -> Mono.just(special(content));
                            default -> words.read(content, viewer);
                        });
    }

    private static Template template(JsonNode content) {
        var kind =
                switch (words(content, "kind")) {
                    case "notification" -> Template.Kind.NOTIFICATION;
                    case "subscription" -> Template.Kind.SUBSCRIPTION;
                    default -> throw wrong("kind", Reason.UNKNOWN);
                };
        var url = optional(content, "url");
        return new Template(
                kind, words(content, "templateId"), url, miniProgram(content), data(content));
    }

    private static @Nullable MiniProgramTarget miniProgram(JsonNode content) {
        var target = content.path("miniProgram");
        if (target.isMissingNode() || target.isNull()) {
            return null;
        }
        return new MiniProgramTarget(
                text(target, "appid", "miniProgram.appid"),
                text(target, "path", "miniProgram.path"));
    }

    private static Map<String, String> data(JsonNode content) {
        var data = content.path("data");
        if (!data.isObject() || data.isEmpty()) {
            throw wrong("data", data.isMissingNode() ? Reason.MISSING : Reason.MALFORMED);
        }
        var read = new HashMap<String, String>();
        data.propertyNames().forEach(name -> read.put(name, text(data, name, "data." + name)));
        return read;
    }

    private static Content.Suggestions suggestions(JsonNode content) {
        var given = content.path("options");
        if (!given.isArray() || given.isEmpty() || given.size() > MOST_OPTIONS) {
            throw wrong("options", given.isMissingNode() ? Reason.MISSING : Reason.MALFORMED);
        }
        var options = new ArrayList<Content.Option>();
        for (var i = 0; i < given.size(); i++) {
            var at = "options[" + i + "].";
            options.add(
                    new Content.Option(
                            text(given.path(i), "id", at + "id"),
                            text(given.path(i), "label", at + "label")));
        }
        return new Content.Suggestions(
                words(content, "text"), List.copyOf(options), optional(content, "tail"));
    }

    private Content.Native special(JsonNode content) {
        var kind = words(content, "kind");
        var payload = content.path("payload");
        if (!payload.isObject()) {
            throw wrong("payload", payload.isMissingNode() ? Reason.MISSING : Reason.MALFORMED);
        }
        var fields = json.convertValue(payload, new TypeReference<Map<String, Object>>() {});
        if (fields.containsValue(null)) {
            throw wrong("payload", Reason.MALFORMED);
        }
        return new Content.Native(kind, fields);
    }

    private static String text(JsonNode parent, String field, String path) {
        var value = parent.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw wrong(path, Reason.MISSING);
        }
        if (!value.isString() || value.asString().length() > Words.LONGEST) {
            throw wrong(path, Reason.MALFORMED);
        }
        return value.asString();
    }

    private static InvalidRequest wrong(String field, Reason reason) {
        return new InvalidRequest("content." + field, reason);
    }
}
