@NullMarked
package io.guanjia.adapters.sms.tencent;

import org.jspecify.annotations.NullMarked;
