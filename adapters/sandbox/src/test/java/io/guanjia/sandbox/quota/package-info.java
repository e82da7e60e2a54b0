@NullMarked
package io.guanjia.sandbox.quota;

import org.jspecify.annotations.NullMarked;
