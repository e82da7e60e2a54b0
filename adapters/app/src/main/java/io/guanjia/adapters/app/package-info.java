/**
 * The company's own app, mini site and web pages as a channel, and the web widget.
 *
 * <p>Start at {@link io.guanjia.adapters.app.AppChannel}, which the gateway sends through, and at
 * {@code AppDoor}, where customers come in: {@code SocketRoute} and {@code RestRoutes} lead to the
 * same {@code Inbox} and the same {@code Threads}. A line that a customer sees is in PostgreSQL
 * before anybody is told of it; sockets and Redis only carry the news.
 */
@NullMarked
package io.guanjia.adapters.app;

import org.jspecify.annotations.NullMarked;
