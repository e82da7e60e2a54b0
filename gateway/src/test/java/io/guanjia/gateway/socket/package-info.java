/** Tests of what open sockets have in common. */
@NullMarked
package io.guanjia.gateway.socket;

import org.jspecify.annotations.NullMarked;
