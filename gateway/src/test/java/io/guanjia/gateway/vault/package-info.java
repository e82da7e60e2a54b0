@NullMarked
package io.guanjia.gateway.vault;

import org.jspecify.annotations.NullMarked;
