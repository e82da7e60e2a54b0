/**
 * Customers of the company's own app, and the company's servers behind it: its login and its push
 * service. The gateway's side is no platform's, so everything here is a client of the protocol in
 * {@code adapters/app/README.md}, over its real socket and REST.
 *
 * <p>Start at {@link io.guanjia.sandbox.app.AppPhone}. {@code Link} keeps it connected, {@code
 * GatewayCalls} asks one request at a time, {@code Screen} holds what there is to see, {@code
 * CompanyLogin} says who it is and {@code PushService} takes what is for phones that are not
 * connected.
 */
@NullMarked
package io.guanjia.sandbox.app;

import org.jspecify.annotations.NullMarked;
