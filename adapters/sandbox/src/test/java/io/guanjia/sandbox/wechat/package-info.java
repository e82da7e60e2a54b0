/**
 * What the WeChat stand-in promises, each as a sentence. {@link
 * io.guanjia.sandbox.wechat.AccountServer} plays the account's side, with nothing but HTTP between.
 */
@NullMarked
package io.guanjia.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
