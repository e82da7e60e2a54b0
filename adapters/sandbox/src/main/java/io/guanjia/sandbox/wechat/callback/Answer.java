package io.guanjia.sandbox.wechat.callback;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.guanjia.sandbox.wechat.message.Bubble;

/** What the account's server made of a callback in the end. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Silence.class, name = "silence"),
    @JsonSubTypes.Type(value = Answer.Reply.class, name = "reply"),
    @JsonSubTypes.Type(value = Answer.HandOver.class, name = "handOver"),
    @JsonSubTypes.Type(value = Answer.Unacceptable.class, name = "unacceptable"),
    @JsonSubTypes.Type(value = Answer.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = Answer.NotSent.class, name = "notSent"),
})
public sealed interface Answer {

    /** Whether the server took the callback. */
    default boolean acknowledged() {
        return true;
    }

    /** {@code success} or nothing. */
    record Silence() implements Answer {}

    /** A passive reply. */
    record Reply(Bubble bubble) implements Answer {}

    /** {@code transfer_customer_service}: the platform's own desk takes over. */
    record HandOver(String kfAccount) implements Answer {}

    /** Something the platform cannot use. It does not try again. */
    record Unacceptable(String reason) implements Answer {
        @Override
        public boolean acknowledged() {
            return false;
        }
    }

    /** Three tries failed. */
    record Missing() implements Answer {
        @Override
        public boolean acknowledged() {
            return false;
        }
    }

    /** A fault kept it from being sent. */
    record NotSent() implements Answer {
        @Override
        public boolean acknowledged() {
            return false;
        }
    }
}
