/** Tests of the protocol. Start at {@link io.guanjia.cmpp.protocol.ConformanceTest}. */
@NullMarked
package io.guanjia.cmpp.protocol;

import org.jspecify.annotations.NullMarked;
