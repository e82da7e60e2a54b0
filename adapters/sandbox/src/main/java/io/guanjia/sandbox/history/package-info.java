/**
 * What happened, kept for people and tests to look at: {@link io.guanjia.sandbox.history.History} a
 * bounded list, {@link io.guanjia.sandbox.history.Changes} the bell that rings when one grows.
 */
@NullMarked
package io.guanjia.sandbox.history;

import org.jspecify.annotations.NullMarked;
