@NullMarked
package io.guanjia.gateway.accounts;

import org.jspecify.annotations.NullMarked;
