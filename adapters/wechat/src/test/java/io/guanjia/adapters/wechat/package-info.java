/**
 * Tests of the channel. {@code Weixin} stands in for the API; the full sandbox is tested elsewhere.
 */
@NullMarked
package io.guanjia.adapters.wechat;

import org.jspecify.annotations.NullMarked;
