/** The way out, on a real PostgreSQL and a real Redis, towards a channel of our own. */
@NullMarked
package io.guanjia.gateway.outbound;

import org.jspecify.annotations.NullMarked;
