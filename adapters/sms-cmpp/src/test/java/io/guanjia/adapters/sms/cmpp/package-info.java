/** Tests of the channel against the sandbox's carrier. Start at {@code CmppContractTest}. */
@NullMarked
package io.guanjia.adapters.sms.cmpp;

import org.jspecify.annotations.NullMarked;
