package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;

import org.jspecify.annotations.Nullable;

/**
 * One account and how it is doing.
 *
 * @param channel which it belongs to
 * @param stored null for one of the settings file
 * @param inForce as the gateway works with it; null where it does not
 */
record AccountHealth(
        AccountId id,
        Channel channel,
        @Nullable StoredAccount stored,
        @Nullable ChannelAccount inForce,
        Facts facts,
        Finding finding) {}
