/** What the compiler does not enforce about who may depend on whom. */
@NullMarked
package io.guanjia.architecture;

import org.jspecify.annotations.NullMarked;
