/**
 * What is checked and derived before anything starts, so that a wrong setting ends in one sentence
 * instead of a stack trace.
 *
 * <p>Start at {@link io.guanjia.settings.DatabaseSettings}. The settings themselves are records
 * that live with their owners.
 */
@NullMarked
package io.guanjia.settings;

import org.jspecify.annotations.NullMarked;
