/**
 * Short messages over carrier lines that speak CMPP 2.0 or 3.0.
 *
 * <p>Start at {@link io.guanjia.adapters.sms.cmpp.CmppChannel}. {@code CarrierAccount} is one
 * account at work; the connections themselves are {@link io.guanjia.adapters.sms.line}.
 */
@NullMarked
package io.guanjia.adapters.sms.cmpp;

import org.jspecify.annotations.NullMarked;
