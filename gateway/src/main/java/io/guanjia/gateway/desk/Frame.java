package io.guanjia.gateway.desk;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What the server says over the socket. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Frame.Messages.class, name = "messages"),
    @JsonSubTypes.Type(value = Frame.Changed.class, name = "conversation"),
    @JsonSubTypes.Type(value = Frame.Counts.class, name = "counts"),
    @JsonSubTypes.Type(value = Frame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = Frame.NotFound.class, name = "not-found"),
    @JsonSubTypes.Type(value = Frame.Pong.class, name = "pong"),
})
sealed interface Frame {

    /** The same in somebody's language. */
    default Frame in(Locale locale) {
        return this;
    }

    /** The first one. */
    record Hello(String user, String node) implements Frame {}

    /**
     * Everything new or changed in a conversation after {@code since}, up to {@code revision}. Who
     * has less than {@code since} has missed something and watches again from there.
     */
    record Messages(UUID conversation, long since, long revision, List<MessageView> items)
            implements Frame {

        @Override
        public Frame in(Locale locale) {
            return new Messages(
                    conversation,
                    since,
                    revision,
                    items.stream().map(each -> each.in(locale)).toList());
        }
    }

    /** A conversation as it is now. */
    record Changed(ConversationView conversation) implements Frame {}

    /** How many the lists hold. */
    record Counts(int queue, int mine, int bot) implements Frame {}

    /** A person is typing an answer. */
    record Typing(UUID conversation, String agent) implements Frame {}

    /** What was to be watched does not exist, or is none of the viewer's business. */
    record NotFound(UUID conversation) implements Frame {}

    record Pong() implements Frame {}
}
