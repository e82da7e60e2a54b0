/**
 * The desk, where people serve customers: what it shows, what it lets them do, and the socket that
 * keeps it up to date.
 *
 * <p>Start at {@link io.guanjia.gateway.desk.ConversationsEndpoint} for the REST side and at {@link
 * io.guanjia.gateway.desk.Hub} for the live side. Everything shown is read from PostgreSQL; what
 * changes goes through {@link io.guanjia.gateway.conversation.DeskCommands}. Who somebody is comes
 * from outside, as a {@link io.guanjia.gateway.desk.Viewer}.
 */
@NullMarked
package io.guanjia.gateway.desk;

import org.jspecify.annotations.NullMarked;
