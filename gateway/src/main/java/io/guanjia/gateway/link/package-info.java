/**
 * Short addresses of ours for the long ones that customers would otherwise be sent.
 *
 * <p>Start at {@link io.guanjia.gateway.link.KeyedLinks}, which names them. {@link
 * io.guanjia.gateway.link.KeptLinks} is where they lead: whoever commits a message keeps the links
 * in it with it, so that none is sent that leads to nothing.
 */
@NullMarked
package io.guanjia.gateway.link;

import org.jspecify.annotations.NullMarked;
