/** Tests of the carrier's gateway, over sockets and by the control API. */
@NullMarked
package io.guanjia.sandbox.cmpp;

import org.jspecify.annotations.NullMarked;
