/**
 * What is to be said, in the way that an account can say it.
 *
 * <p>Start at {@link io.guanjia.gateway.downgrade.Downgrade}, the rules. They are written once, for
 * every channel, and read nothing but its {@link io.guanjia.gateway.channel.Capabilities}.
 */
@NullMarked
package io.guanjia.gateway.downgrade;

import org.jspecify.annotations.NullMarked;
