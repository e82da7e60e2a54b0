/** Shared tokens, on a real Redis. */
@NullMarked
package io.guanjia.gateway.live;

import org.jspecify.annotations.NullMarked;
