/**
 * A line to a carrier: connections that log in, are kept alive and come back, over which questions
 * go out within a window and find their answers. Knows no protocol: CMPP, and later SMPP, SGIP and
 * SMGP, bring theirs as a {@link io.guanjia.adapters.sms.line.Dialect}.
 *
 * <p>Start at {@link io.guanjia.adapters.sms.line.Lines}. Whatever happens on a connection happens
 * on its event loop, where nothing may block.
 */
@NullMarked
package io.guanjia.adapters.sms.line;

import org.jspecify.annotations.NullMarked;
