package io.guanjia.gateway.conversation;

import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;

import java.util.List;
import java.util.Optional;

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
        return leadingTo(new Waiting(waiting.reason(), false), said);
    }

    /**
     * The same where our people are in the platform's own client: who is called has the customer
     * there, whoever it will be, and nobody waits at the desk.
     */
    Turn toColleagues() {
        return next instanceof Waiting && changes.stream().anyMatch(this::leadsToTheEnd)
                ? leadingTo(new Elsewhere(""), says)
                : this;
    }

    private boolean leadsToTheEnd(Change change) {
        return change.to().equals(next);
    }

    private Turn leadingTo(Conversation other, List<Saying> said) {
        return new Turn(
                other,
                said,
                changes.stream()
                        .map(
                                change ->
                                        leadsToTheEnd(change)
                                                ? new Change(
                                                        change.from(),
                                                        other,
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
    record Change(Conversation from, Conversation to, Author by, String reason) {

        /** What the platform may have to know of it; empty where it knows already. */
        Optional<Handing> handing() {
            return switch (to) {
                case Closed _ -> Optional.of(Handing.OVER);
                case Elsewhere _ when by.kind() != Author.Kind.COLLEAGUE ->
                        Optional.of(Handing.TO_COLLEAGUE);
                case WithBot _, Waiting _, WithAgent _, Elsewhere _ -> Optional.empty();
            };
        }
    }
}
