@NullMarked
package io.guanjia.adapters.miniprogram;

import org.jspecify.annotations.NullMarked;
