/** Tests of the desk that need no running application; the others stand beside it. */
@NullMarked
package io.guanjia.gateway.desk;

import org.jspecify.annotations.NullMarked;
