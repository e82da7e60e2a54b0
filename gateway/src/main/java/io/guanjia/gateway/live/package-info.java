/**
 * How one node tells the others that something changed.
 *
 * <p>Start at {@link io.guanjia.gateway.live.Doorbell}. It rings; what changed is read from
 * PostgreSQL. A ring may be lost, so nobody relies on one alone.
 */
@NullMarked
package io.guanjia.gateway.live;

import org.jspecify.annotations.NullMarked;
