/** Speaks to 微信客服's stand-in as a corporation's server does. */
@NullMarked
package io.guanjia.sandbox.wecom;

import org.jspecify.annotations.NullMarked;
