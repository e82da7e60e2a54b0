package io.guanjia.gateway.bot;

import java.util.List;

/** What the bot makes of a customer's words. */
public sealed interface BotAnswer {

    /**
     * The bot is sure.
     *
     * @param text what to say, lines separated by {@code \n}
     * @param confidence the bot's own estimate, in 0..1, that this is what was asked
     */
    record Answered(String entryId, String text, double confidence) implements BotAnswer {}

    /**
     * The bot knows what it is about but not which question: it asks back.
     *
     * @param prompt goes before the suggestions
     * @param suggestions the likeliest first, normally three; never empty
     */
    record Unsure(String prompt, List<Suggestion> suggestions) implements BotAnswer {

        public Unsure {
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * Nothing the bot knows about. The prompt says so and mentions that a person can be asked for.
     */
    record OutOfDepth(String prompt) implements BotAnswer {}

    /** The bot must not answer this, whatever it knows. */
    record WantsPerson(Reason reason) implements BotAnswer {

        /** Why a person is needed, most urgent first. */
        public enum Reason {
            /** A card is lost or someone else's hand is on the customer's money. */
            LOSS_OR_FRAUD,
            /** The customer complains, or threatens to elsewhere. */
            COMPLAINT,
            /** The customer asked for a person. */
            ASKED
        }
    }
}
