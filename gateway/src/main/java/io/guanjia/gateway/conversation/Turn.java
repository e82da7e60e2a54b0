package io.guanjia.gateway.conversation;

import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;

import java.util.List;

/**
 * What a conversation comes to after one thing that happened.
 *
 * @param says what the customer is told, in order
 * @param changes every change of state on the way, in order
 */
record Turn(Conversation next, List<Saying> says, List<Change> changes) {

    Turn {
        says = List.copyOf(says);
        changes = List.copyOf(changes);
    }

    /** Nothing is said and nothing changes. */
    static Turn silent(Conversation conversation) {
        return new Turn(conversation, List.of(), List.of());
    }

    /** Somebody says something. */
    record Saying(Author author, Content content) {}

    /**
     * @param reason a fixed word for the record, such as {@code asked}
     */
    record Change(Conversation from, Conversation to, Author by, String reason) {}
}
