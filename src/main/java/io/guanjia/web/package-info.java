/**
 * How the application looks over HTTP: problems, the console's files, the description of the
 * interface.
 *
 * <p>Start at {@link io.guanjia.web.Problems}, the one place where a failure gets its status.
 */
@NullMarked
package io.guanjia.web;

import org.jspecify.annotations.NullMarked;
