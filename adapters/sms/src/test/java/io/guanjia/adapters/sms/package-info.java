@NullMarked
package io.guanjia.adapters.sms;

import org.jspecify.annotations.NullMarked;
