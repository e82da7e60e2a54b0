package io.guanjia.weixin.api;

import java.net.URI;
import java.time.Duration;

/**
 * What one of our accounts is to the platform's API.
 *
 * @param channel the channel's name, such as {@code wechat}
 * @param account the account's name in our settings
 * @param apiBase where the API is; only this host ever gets tokens or media ids
 * @param timeout how long one call may take in all
 */
public record Application(
        String channel,
        String account,
        String appId,
        String secret,
        URI apiBase,
        Duration timeout) {

    /**
     * With the AppID, so that a changed setting does not find the other application's token, and
     * with the address, so that a token goes nowhere but to whom it came from.
     */
    String tokenKey() {
        return channel + "/" + account + "/" + appId + "/" + apiBase;
    }

    /** Leaves out the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "Application[" + channel + "/" + account + ", appId=" + appId + "]";
    }
}
