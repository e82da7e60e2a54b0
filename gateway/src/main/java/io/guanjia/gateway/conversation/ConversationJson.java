package io.guanjia.gateway.conversation;

import io.guanjia.gateway.bot.Suggestion;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.r2dbc.spi.Readable;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Between rows and types. */
final class ConversationJson {

    private static final TypeReference<List<Suggestion>> SUGGESTIONS = new TypeReference<>() {};

    private static final String ESCAPED_NUL = "\\u0000";

    /**
     * A NUL as JSON writes it. Behind an odd number of backslashes the same letters are only what
     * somebody typed, such as a customer who asks about escapes.
     */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\u0000");

    private final JsonMapper mapper;

    ConversationJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** PostgreSQL keeps no NUL in text, and no channel has a use for one. */
    String write(Object value) {
        var json = mapper.writeValueAsString(value);
        return json.contains(ESCAPED_NUL) ? NUL.matcher(json).replaceAll("$1") : json;
    }

    /**
     * Reads the columns state, agent, colleague, reason, bot_failures, offered and
     * told_unavailable.
     */
    Conversation conversation(Readable row) {
        var state = Objects.requireNonNull(row.get("state", String.class));
        return switch (state) {
            case "bot" ->
                    new WithBot(
                            Objects.requireNonNull(row.get("bot_failures", Integer.class)),
                            mapper.readValue(row.get("offered", String.class), SUGGESTIONS));
            case "waiting" ->
                    new Waiting(
                            WaitReason.of(Objects.requireNonNull(row.get("reason", String.class))),
                            Boolean.TRUE.equals(row.get("told_unavailable", Boolean.class)));
            case "agent" -> new WithAgent(Objects.requireNonNull(row.get("agent", String.class)));
            case "elsewhere" ->
                    new Elsewhere(Objects.requireNonNull(row.get("colleague", String.class)));
            case "closed" -> new Closed();
            default -> throw new IllegalStateException("unknown state " + state);
        };
    }
}
