/**
 * The messages that pass between a customer and us, the same for every channel.
 *
 * <p>Start at {@link io.guanjia.gateway.message.Content}, what is said, then {@link
 * io.guanjia.gateway.message.Inbound}, what a channel brings in. These types hold no behaviour
 * beyond their own validity and depend on nothing else in the gateway, so every other package may
 * use them.
 */
@NullMarked
package io.guanjia.gateway.message;

import org.jspecify.annotations.NullMarked;
