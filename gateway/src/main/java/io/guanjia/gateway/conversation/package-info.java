/**
 * Decides who answers a customer, and commits the answer with the state it comes from.
 *
 * <p>Start at {@link io.guanjia.gateway.conversation.Conversation}, the state, and {@link
 * io.guanjia.gateway.conversation.Dialogue}, which decides and does nothing else. {@link
 * io.guanjia.gateway.conversation.ConversationEngine} takes the journal in fixed lanes and commits
 * each lane's share of a batch in one transaction; {@link
 * io.guanjia.gateway.conversation.DeskCommands} is what people at the desk can do.
 */
@NullMarked
package io.guanjia.gateway.conversation;

import org.jspecify.annotations.NullMarked;
