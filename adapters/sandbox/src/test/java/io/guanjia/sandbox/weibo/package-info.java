/** Tests of the stand-in for Weibo. */
@NullMarked
package io.guanjia.sandbox.weibo;

import org.jspecify.annotations.NullMarked;
