/**
 * Who answers a customer: the bot, a person, or nobody yet.
 *
 * <p>Start at {@link io.guanjia.gateway.conversation.DeskCommands}, what a person can do.
 */
@NullMarked
package io.guanjia.gateway.conversation;

import org.jspecify.annotations.NullMarked;
