@NullMarked
package io.guanjia.adapters.sms.aliyun;

import org.jspecify.annotations.NullMarked;
