/**
 * What all ways of sending and receiving SMS (短信) have in common: how a text is divided and billed,
 * how a number is written, who may call back, and what a provider's refusal means for what happens
 * next.
 *
 * <p>Start at {@link io.guanjia.adapters.sms.SmsChannel}, a channel whose provider is a cloud that
 * is called over HTTP and calls back. One package below for each provider; a carrier line, which
 * holds a connection instead, has its own channel and takes the rest from here.
 */
@NullMarked
package io.guanjia.adapters.sms;

import org.jspecify.annotations.NullMarked;
