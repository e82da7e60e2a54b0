/** Keeping and fetching files. */
@NullMarked
package io.guanjia.gateway.media;

import org.jspecify.annotations.NullMarked;
