/** Tests of the embedded servers. Start at {@link EmbeddedServersTest}. */
@NullMarked
package io.guanjia.embedded;

import org.jspecify.annotations.NullMarked;
