/**
 * The product from end to end: customers at the sandbox, people at the desk's interface, and the
 * real servers in between. Start at {@link io.guanjia.e2e.SpineTest}.
 */
@NullMarked
package io.guanjia.e2e;

import org.jspecify.annotations.NullMarked;
