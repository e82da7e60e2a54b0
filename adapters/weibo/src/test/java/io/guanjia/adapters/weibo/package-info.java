/** Tests of Weibo as a channel. */
@NullMarked
package io.guanjia.adapters.weibo;

import org.jspecify.annotations.NullMarked;
