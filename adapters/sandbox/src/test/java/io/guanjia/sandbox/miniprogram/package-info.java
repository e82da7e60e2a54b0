@NullMarked
package io.guanjia.sandbox.miniprogram;

import org.jspecify.annotations.NullMarked;
