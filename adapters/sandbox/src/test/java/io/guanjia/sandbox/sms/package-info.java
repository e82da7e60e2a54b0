/** The providers of SMS; how they and the gateway get on is tested beside the gateway's adapter. */
@NullMarked
package io.guanjia.sandbox.sms;

import org.jspecify.annotations.NullMarked;
