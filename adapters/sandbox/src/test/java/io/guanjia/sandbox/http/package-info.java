/** What the page and the control API share. */
@NullMarked
package io.guanjia.sandbox.http;

import org.jspecify.annotations.NullMarked;
