/** Tests of lines, with a protocol that is none. */
@NullMarked
package io.guanjia.adapters.sms.line;

import org.jspecify.annotations.NullMarked;
