/** The desk as its console meets it, on real servers. */
@NullMarked
package io.guanjia.desk;

import org.jspecify.annotations.NullMarked;
