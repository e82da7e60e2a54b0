/**
 * A gateway that runs, for tests of what can be seen from outside.
 *
 * <p>Start at {@link io.guanjia.running.Gateway}.
 */
@NullMarked
package io.guanjia.running;

import org.jspecify.annotations.NullMarked;
