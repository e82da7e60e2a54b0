@NullMarked
package io.guanjia.adapters.app;

import org.jspecify.annotations.NullMarked;
