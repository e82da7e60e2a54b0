/**
 * 微信客服 as its customers and the corporation's server see it: what customers write is kept in a log
 * that the server reads page by page, a callback only rings; sessions have states and windows.
 *
 * <p>Start at {@link io.guanjia.sandbox.wecom.WecomKfPlatform}. Source: 企业微信开发者中心, 微信客服.
 */
@NullMarked
package io.guanjia.sandbox.wecom;

import org.jspecify.annotations.NullMarked;
