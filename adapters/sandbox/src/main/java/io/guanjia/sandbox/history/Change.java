package io.guanjia.sandbox.history;

/**
 * A hint that something is worth reading again.
 *
 * @param platform such as {@code wechat}
 * @param account the account's name, or empty when it concerns all of them
 * @param what {@code accounts}, {@code customers}, {@code chat}, {@code calls}, {@code callbacks},
 *     {@code faults} or {@code clock}
 * @param party whose chat changed, or empty
 */
public record Change(String platform, String account, String what, String party) {}
