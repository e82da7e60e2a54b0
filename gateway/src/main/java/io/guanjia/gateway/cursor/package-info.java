/**
 * How far channels have got in what they fetch page by page, in PostgreSQL.
 *
 * <p>Start at {@link io.guanjia.gateway.cursor.PostgresCursors}; channels see only {@link
 * io.guanjia.gateway.channel.Cursors}.
 */
@NullMarked
package io.guanjia.gateway.cursor;

import org.jspecify.annotations.NullMarked;
