/**
 * A carrier's gateway that speaks CMPP 2.0 and 3.0, and the phones behind it.
 *
 * <p>Start at {@link io.guanjia.sandbox.cmpp.CmppPlatform}. Unlike the other stand-ins it listens
 * on a port of its own. Everything that happens on connections happens on one event loop.
 */
@NullMarked
package io.guanjia.sandbox.cmpp;

import org.jspecify.annotations.NullMarked;
