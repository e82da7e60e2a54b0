/**
 * Files that messages carry.
 *
 * <p>Start at {@link io.guanjia.gateway.media.MediaFolder}, where they are kept; {@link
 * io.guanjia.gateway.media.SafeFetch} gets one from an address that somebody outside has named.
 * What a file is, its own first bytes say, and nothing else; a name that says otherwise gets it
 * refused. Archives are opaque: nothing here unpacks one.
 */
@NullMarked
package io.guanjia.gateway.media;

import org.jspecify.annotations.NullMarked;
