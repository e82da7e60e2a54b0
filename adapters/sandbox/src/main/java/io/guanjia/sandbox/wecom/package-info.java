/**
 * 企业微信 as people and the corporation's server see it. Of 微信客服, what customers write is kept in a
 * log that the server reads page by page, a callback only rings; sessions have states and windows.
 * Of applications and customer contact, every change is called out, a code welcomes once, and what
 * the corporation wants sent goes out when a member confirms it.
 *
 * <p>Start at {@link io.guanjia.sandbox.wecom.WecomKfPlatform} and {@link
 * io.guanjia.sandbox.wecom.WecomPlatform}; what both share begins with {@code Corp}. Source:
 * 企业微信开发者中心.
 */
@NullMarked
package io.guanjia.sandbox.wecom;

import org.jspecify.annotations.NullMarked;
