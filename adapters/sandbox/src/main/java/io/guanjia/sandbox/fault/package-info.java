/**
 * How a stand-in is told to misbehave. Start at {@link io.guanjia.sandbox.fault.Faults}, which each
 * account has one of; a {@link io.guanjia.sandbox.fault.Fault} says where, how often and what.
 */
@NullMarked
package io.guanjia.sandbox.fault;

import org.jspecify.annotations.NullMarked;
