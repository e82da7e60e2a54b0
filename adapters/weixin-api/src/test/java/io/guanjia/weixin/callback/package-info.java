@NullMarked
package io.guanjia.weixin.callback;

import org.jspecify.annotations.NullMarked;
