@NullMarked
package io.guanjia.gateway.message;

import org.jspecify.annotations.NullMarked;
