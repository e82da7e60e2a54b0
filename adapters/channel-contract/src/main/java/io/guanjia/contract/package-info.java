/**
 * What every channel has to do, as tests.
 *
 * <p>Start at {@link io.guanjia.contract.ChannelContract}, which a channel's own test extends: what
 * it leaves out does not compile. The rest of the package is what such tests stand on: a platform
 * on loopback that says what it is told to, shared tokens, and sample files.
 */
@NullMarked
package io.guanjia.contract;

import org.jspecify.annotations.NullMarked;
