package io.guanjia.gateway.channel;

/**
 * How often one of a platform's APIs can still be called today.
 *
 * @param api our short name, as in {@link Channel.Route#api}
 * @param left of {@code of}, as the platform counted a few minutes ago
 * @param of how many calls the platform allows in a day
 */
public record CallsLeft(String api, long left, long of) {}
