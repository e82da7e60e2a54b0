package io.guanjia.gateway.conversation;

import io.guanjia.gateway.conversation.Conversation.Waiting;
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

    /**
     * The same where only one message may be said: a person's answer is to come, so the sentence
     * that one has to wait is left out, and nobody counts as told. Not for who fears for their
     * money: what they are told to do at once cannot wait.
     */
    Turn sparingTheAnswer() {
        if (!(next instanceof Waiting waiting) || waiting.reason() == WaitReason.LOSS_OR_FRAUD) {
            return this;
        }
        var said = says.stream().filter(saying -> !saying.author().equals(Author.SYSTEM)).toList();
        if (said.size() == says.size()) {
            return this;
        }
        var untold = new Waiting(waiting.reason(), false);
        return new Turn(
                untold,
                said,
                changes.stream()
                        .map(
                                change ->
                                        change.to().equals(next)
                                                ? new Change(
                                                        change.from(),
                                                        untold,
                                                        change.by(),
                                                        change.reason())
                                                : change)
                        .toList());
    }

    /** Somebody says something. */
    record Saying(Author author, Content content) {}

    /**
     * @param reason a fixed word for the record, such as {@code asked}
     */
    record Change(Conversation from, Conversation to, Author by, String reason) {}
}
