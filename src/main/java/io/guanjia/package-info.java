/**
 * The runnable application: what ties the gateway, the channels and the console together.
 *
 * <p>Start at {@link io.guanjia.GuanjiaApplication}. {@code security} says who may do what, {@code
 * web} how it looks over HTTP, {@code settings} what is checked before anything starts.
 */
@NullMarked
package io.guanjia;

import org.jspecify.annotations.NullMarked;
