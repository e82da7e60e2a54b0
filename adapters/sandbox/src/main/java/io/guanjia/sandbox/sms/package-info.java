/**
 * Stand-ins for providers of SMS that are called over HTTP: 阿里云, 腾讯云, and the form that the gateway
 * documents. They verify real signatures by the providers' documents, on their own, and so check
 * the gateway's.
 *
 * <p>Start at {@link io.guanjia.sandbox.sms.SmsPlatform}. What differs between providers is a
 * {@code Dialect}; the customers are {@link io.guanjia.sandbox.sms.Handset}s.
 */
@NullMarked
package io.guanjia.sandbox.sms;

import org.jspecify.annotations.NullMarked;
