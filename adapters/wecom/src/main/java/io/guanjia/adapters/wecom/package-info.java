/**
 * What all products of 企业微信 share: the corporation's access token, its API with the table of
 * errors, temporary files, and how callbacks are signed and sealed.
 *
 * <p>Start at {@link io.guanjia.adapters.wecom.CorpApi}. Each product is a package beside it, with
 * a channel of its own.
 */
@NullMarked
package io.guanjia.adapters.wecom;

import org.jspecify.annotations.NullMarked;
