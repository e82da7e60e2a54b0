/**
 * Runs everything on one machine: what plain {@code mvn} starts.
 *
 * <p>Start at {@link Launcher}. The servers are processes of their own, see {@link
 * io.guanjia.embedded}; the sandbox and the gateway run in this JVM. The gateway does not know of
 * any of this: it is given addresses and the settings of {@code config/demo.yaml} where nobody has
 * set anything else.
 */
@NullMarked
package io.guanjia.launcher;

import org.jspecify.annotations.NullMarked;
