/** Tests of the shared protocol. Start at {@link io.guanjia.weixin.protocol.ConformanceTest}. */
@NullMarked
package io.guanjia.weixin.protocol;

import org.jspecify.annotations.NullMarked;
