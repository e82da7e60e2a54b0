/** Tests of short addresses: how they are named, and where they lead. */
@NullMarked
package io.guanjia.gateway.link;

import org.jspecify.annotations.NullMarked;
