package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;

import java.util.List;
import java.util.Optional;

/**
 * A verified callback: what it brings, and how it can be answered.
 *
 * @param inbound oldest first
 */
public record Reading(List<Inbound> inbound, Answers answers) {

    public Reading {
        inbound = List.copyOf(inbound);
    }

    /** The answers this one callback can be given. */
    public interface Answers {

        /** "We have it." The customer sees nothing. */
        CallbackResponse acknowledgement();

        /**
         * Says {@code content} to the customer in the response itself, which costs no quota. Empty
         * where the channel cannot say this kind of thing that way, or has a better one.
         */
        Optional<CallbackResponse> passively(Content content);

        /** As {@link #passively}, where the better way is not open. */
        default Optional<CallbackResponse> asLastResort(Content content) {
            return passively(content);
        }
    }
}
