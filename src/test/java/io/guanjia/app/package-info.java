/** The app channel and the web widget, from outside. */
@NullMarked
package io.guanjia.app;

import org.jspecify.annotations.NullMarked;
