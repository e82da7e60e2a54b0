/**
 * 企业微信 as a channel: messages of an application to and from members, everything that happens to
 * customers and customer groups, and the welcome of a new customer.
 *
 * <p>Start at {@link io.guanjia.adapters.wecom.contact.WecomChannel}.
 */
@NullMarked
package io.guanjia.adapters.wecom.contact;

import org.jspecify.annotations.NullMarked;
