/** Shared tokens, on a real Redis. */
@NullMarked
package io.guanjia.gateway.inbound;

import org.jspecify.annotations.NullMarked;
