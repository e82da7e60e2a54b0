package io.guanjia.adapters.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the server says over the socket. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Frame.Messages.class, name = "messages"),
    @JsonSubTypes.Type(value = Frame.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Frame.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Frame.Recalled.class, name = "recalled"),
    @JsonSubTypes.Type(value = Frame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = Frame.Pong.class, name = "pong"),
})
sealed interface Frame {

    /**
     * The first one.
     *
     * @param last the customer's latest line
     * @param read up to which line they have read, on whichever device
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hello(String customer, boolean visitor, @Nullable String name, long last, long read)
            implements Frame {}

    /**
     * Every line after {@code after}, up to {@code sequence}. Who has less than {@code after} has
     * missed something and connects again from there.
     */
    record Messages(long after, long sequence, List<Threads.Line> items) implements Frame {}

    /** What the client sent under that id is durable; it may forget it. */
    record Accepted(String id) implements Frame {}

    /**
     * What the client sent under that id was not taken. With {@code unavailable} and {@code
     * too-many} it may be sent again later, else never.
     */
    record Refused(String id, String code) implements Frame {}

    /** These lines were taken back: what they said is to be shown no more. */
    record Recalled(List<Long> sequences) implements Frame {}

    /** Somebody types an answer, or has stopped. */
    record Typing(boolean on) implements Frame {}

    record Pong() implements Frame {}
}
