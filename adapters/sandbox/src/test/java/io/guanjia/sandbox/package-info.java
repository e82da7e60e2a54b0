/** Tests across the whole sandbox. Those of a platform are in its package. */
@NullMarked
package io.guanjia.sandbox;

import org.jspecify.annotations.NullMarked;
