package io.guanjia.gateway.bot;

import reactor.core.publisher.Mono;

/** Answers customers from the knowledge base. */
public interface Bot {

    /**
     * Decides what to say to a customer's words.
     *
     * <p>Never blocks, never completes empty, and completes on the bot's own bounded scheduler. A
     * question asked while the bot still loads its model waits for it. No text fails it, however
     * odd or long; it fails only where the model can't be loaded, or with {@link
     * java.util.concurrent.RejectedExecutionException} where more questions wait than {@code
     * guanjia.bot.waiting} allows. Either way a person should take over.
     */
    Mono<BotAnswer> answer(Question question);
}
