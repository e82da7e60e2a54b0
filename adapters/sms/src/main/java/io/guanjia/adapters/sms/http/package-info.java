/**
 * SMS over a form of HTTP of our own, for providers and gateways that have none or can be taught.
 * The README beside this module documents it. Start at {@link
 * io.guanjia.adapters.sms.http.HttpSmsProvider}.
 */
@NullMarked
package io.guanjia.adapters.sms.http;

import org.jspecify.annotations.NullMarked;
