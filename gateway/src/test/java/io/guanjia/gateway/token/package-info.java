/** Shared tokens, on a real Redis. */
@NullMarked
package io.guanjia.gateway.token;

import org.jspecify.annotations.NullMarked;
