/** Tests of what is said where a channel cannot carry the thing itself. */
@NullMarked
package io.guanjia.gateway.downgrade;

import org.jspecify.annotations.NullMarked;
