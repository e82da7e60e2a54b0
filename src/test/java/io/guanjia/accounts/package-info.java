@NullMarked
package io.guanjia.accounts;

import org.jspecify.annotations.NullMarked;
