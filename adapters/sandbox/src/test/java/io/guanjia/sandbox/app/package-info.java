@NullMarked
package io.guanjia.sandbox.app;

import org.jspecify.annotations.NullMarked;
