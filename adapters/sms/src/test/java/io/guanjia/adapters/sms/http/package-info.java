@NullMarked
package io.guanjia.adapters.sms.http;

import org.jspecify.annotations.NullMarked;
