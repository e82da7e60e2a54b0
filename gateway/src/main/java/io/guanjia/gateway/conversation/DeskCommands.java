package io.guanjia.gateway.conversation;

import io.guanjia.gateway.message.Content;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/**
 * What a person at the desk can do to a conversation.
 *
 * <p>Each of these completes after the commit and fails with {@link DeskRefusal} when it may not
 * be. Doing again what is already done succeeds and changes nothing, so a lost answer can be asked
 * for again.
 */
public interface DeskCommands {

    /**
     * Gives a conversation that is with the bot or waiting to {@code by}. Refused as {@link
     * DeskRefusal.Taken} while another person has it, unless {@code by} supervises.
     */
    Mono<Void> take(UUID conversation, Actor by);

    /** Gives it back to the bot. Refused to anyone but who has it and those who supervise. */
    Mono<Void> handBack(UUID conversation, Actor by);

    /**
     * Ends it; the customer's next message begins another. Refused while another person has it,
     * unless {@code by} supervises.
     */
    Mono<Void> close(UUID conversation, Actor by);

    /**
     * Says something to the customer and emits the message's id. Only who has the conversation may.
     *
     * @param clientId the desk's own id for it: the second message with the same one is not sent,
     *     and the first one's id is emitted
     */
    Mono<UUID> reply(UUID conversation, Actor by, String clientId, Content content);

    /**
     * Emits the messages that {@link #reply} would make of this, in order, and says nothing to
     * anybody.
     */
    Mono<List<Content>> preview(UUID conversation, Content content);

    /**
     * Keeps a note that never leaves the house, and emits its id. Anyone who sees the conversation
     * may, in every state.
     *
     * @param clientId as in {@link #reply}
     */
    Mono<UUID> note(UUID conversation, Actor by, String clientId, String body);

    /**
     * Sends a message again that was refused, has expired, or of which nobody knows whether it
     * arrived. Only who has the conversation now and those who supervise may.
     */
    Mono<Void> retry(UUID message, Actor by);

    /**
     * Takes a message back that {@code by}, or whoever {@code by} supervises, said to the customer.
     * Only who has the conversation now and those who supervise may. Refused as {@link
     * DeskRefusal.NotRecallable} where the account takes nothing back, or it is too late.
     */
    Mono<Void> recall(UUID message, Actor by);

    /**
     * Who does it.
     *
     * @param username stored as who did it, and as a conversation's agent
     * @param supervises may also act on what another person has
     */
    record Actor(String username, boolean supervises) {}
}
