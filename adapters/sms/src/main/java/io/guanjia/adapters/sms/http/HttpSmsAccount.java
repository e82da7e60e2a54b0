package io.guanjia.adapters.sms.http;

import io.guanjia.adapters.sms.SmsAbilities;
import io.guanjia.adapters.sms.SmsSegments;
import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.ChannelAccount;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One account under {@code guanjia.channels.sms-http.accounts}. Creating one fails with a message
 * that names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/sms-http/{name}}
 * @param apiBase messages are posted to {@code {api-base}/messages}
 * @param secret what both sides sign with
 * @param signName 短信签名, without 【】; empty where there is none
 * @param textLimit the longest text in characters, with the signature
 * @param callbackKey what callbacks bring as {@code ?key=…}; null where they are signed
 * @param callbackFrom addresses and networks that callbacks come from; any where there are none
 * @param callbackMaxAge how old a signed callback may be, in either direction
 * @param timeout how long one call may take in all
 * @param pace messages a second for {@code send-text}
 */
public record HttpSmsAccount(
        String name,
        URI apiBase,
        String secret,
        @DefaultValue("") String signName,
        @DefaultValue("500") int textLimit,
        @Nullable String callbackKey,
        @DefaultValue List<String> callbackFrom,
        @DefaultValue("10m") Duration callbackMaxAge,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue Map<String, Double> pace) {

    static final double PACE = 100;
    private static final int SHORTEST_SECRET = 16;

    public HttpSmsAccount {
        callbackFrom = List.copyOf(callbackFrom);
        pace = SmsAbilities.pace(pace, PACE);
        callbackKey = AccountCheck.orNone(callbackKey);
        new AccountCheck()
                .name(name)
                .apiBase(apiBase, "https://sms.example.com/v1")
                .require(
                        secret != null && secret.length() >= SHORTEST_SECRET,
                        "secret must be 16 or more characters, such as from \"openssl rand -hex"
                                + " 32\"; both sides sign with it")
                .require(SmsSegments.isLimit(textLimit), SmsSegments.LIMITS)
                .callbackKey(callbackKey)
                .callbackFrom(callbackFrom)
                .positive(callbackMaxAge, "callback-max-age", "5m")
                .positive(timeout, "timeout", "5s")
                .pace(pace)
                .done();
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return SmsAbilities.account(
                name, Set.of(Kind.TEXT), SmsSegments.limit(textLimit, signName), pace);
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "HttpSmsAccount[name=" + name + ", apiBase=" + apiBase + "]";
    }
}
