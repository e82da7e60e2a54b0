/**
 * Real PostgreSQL, Redis and Kafka on one machine, for the development launcher and for tests.
 *
 * <p>Start at {@link EmbeddedServers}. Each {@link Server} is an operating-system process of its
 * own, so it can be stopped, killed, paused and started again on the same port and data, the way
 * its counterpart in production can. Everything listens on 127.0.0.1 only, and nothing here is part
 * of the packaged application.
 *
 * <p>What survives what: {@link Durability} says it for PostgreSQL and Kafka. Redis keeps what is
 * older than a second, which is enough for what may be lost anyway.
 */
@NullMarked
package io.guanjia.embedded;

import org.jspecify.annotations.NullMarked;
