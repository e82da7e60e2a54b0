@NullMarked
package io.guanjia.gateway.cursor;

import org.jspecify.annotations.NullMarked;
