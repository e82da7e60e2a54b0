package io.guanjia.gateway.conversation;

import io.guanjia.gateway.bot.Suggestion;

import java.util.List;

/** Who answers the customer. */
public sealed interface Conversation {

    /** With the bot, which did not understand the last {@code failures} things it was asked. */
    record WithBot(int failures, List<Suggestion> offered) implements Conversation {

        static final WithBot FRESH = new WithBot(0, List.of());

        public WithBot {
            offered = List.copyOf(offered);
        }
    }

    /**
     * In the queue for a person.
     *
     * @param toldUnavailable whether the customer knows that nobody is there at present
     */
    record Waiting(WaitReason reason, boolean toldUnavailable) implements Conversation {}

    /** With a person at the desk. */
    record WithAgent(String username) implements Conversation {}

    /**
     * With one of our people who serves the customer outside the desk, in the platform's own
     * client: we hear what is said and say nothing.
     *
     * @param member their name on the platform; empty where it does not say
     */
    record Elsewhere(String member) implements Conversation {}

    /** Over. The customer's next message begins another one. */
    record Closed() implements Conversation {}

    /** As stored and shown. */
    default String state() {
        return switch (this) {
            case WithBot _ -> "bot";
            case Waiting _ -> "waiting";
            case WithAgent _ -> "agent";
            case Elsewhere _ -> "elsewhere";
            case Closed _ -> "closed";
        };
    }
}
