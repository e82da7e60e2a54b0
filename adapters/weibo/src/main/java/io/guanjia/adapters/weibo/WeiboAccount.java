package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.channel.WindowSetting;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One Weibo account under {@code guanjia.channels.weibo.accounts}. Creating one fails with a
 * message that names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/weibo/{name}}
 * @param uid the account's own uid; where it is set, callbacks for another are refused
 * @param appKey App Key of the application that the account has 开发者模式 with
 * @param appSecret App Secret; signs callbacks
 * @param accessToken what 开发者模式 shows after authorisation; it ends at some time and cannot be
 *     renewed without a person
 * @param apiBase where the platform's API is; only this host and the next two ever get the token
 * @param uploadBase where files that customers sent are fetched; unless set, the platform's own
 *     host for that where {@code apiBase} is the platform's, else {@code apiBase}
 * @param authBase where the token's remaining life and what is left of the calls are asked for;
 *     unless set, as with {@code uploadBase}
 * @param articleImage the picture of cards that bring none
 * @param callbackMaxAge how old a callback's timestamp may be, in either direction; null for any
 *     age. The platform does not ask for this check
 * @param timeout how long one API call may take in all
 * @param answerWithin how long a callback is held back in the hope of an answer
 * @param windows how many messages may follow what the customer does, and for how long; adds to and
 *     overrides the platform's published rules
 * @param pace messages a second for each API: {@code messages-reply}
 */
public record WeiboAccount(
        String name,
        @Nullable String uid,
        String appKey,
        String appSecret,
        String accessToken,
        @DefaultValue("https://m.api.weibo.com") URI apiBase,
        @Nullable URI uploadBase,
        @Nullable URI authBase,
        @Nullable URI articleImage,
        @Nullable Duration callbackMaxAge,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("2s") Duration answerWithin,
        @DefaultValue Map<Trigger, WindowSetting> windows,
        @DefaultValue Map<String, Double> pace) {

    /** 文本大小必须小于300个汉字 (发送客服消息, 发送被动响应消息). */
    static final TextLimit TEXT = TextLimit.characters(299);

    /** The platform drops the connection after this long and tries again, three times in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int TRIES = 3;

    private static final Pattern UID = Pattern.compile("[0-9]{1,19}");

    /**
     * 微博开放平台, 发送客服消息 and messages/reply/biz: after a message, a follow or subscription, a click in
     * the menu or a scan, 48 hours without limit; a note on the same page speaks of 99. After a
     * mention one.
     */
    static final Map<Trigger, WindowSetting> WINDOWS =
            Map.of(
                    Trigger.MESSAGE, new WindowSetting(99, Duration.ofHours(48)),
                    Trigger.FOLLOW, new WindowSetting(99, Duration.ofHours(48)),
                    Trigger.MENU, new WindowSetting(99, Duration.ofHours(48)),
                    Trigger.SCAN, new WindowSetting(99, Duration.ofHours(48)),
                    Trigger.MENTION, new WindowSetting(1, Duration.ofHours(48)));

    /** The platform publishes none for this API; what it counts, it counts by the hour. */
    static final Map<String, Double> PACE = Map.of(FansServiceApi.REPLY, 20.0);

    public WeiboAccount {
        windows = WindowSetting.merged(WINDOWS, windows);
        pace = AccountCheck.merged(PACE, pace);
        uid = AccountCheck.orNone(uid);
        new AccountCheck()
                .name(name)
                .require(
                        uid == null || UID.matcher(uid).matches(),
                        "uid must be digits, such as 1902538057")
                .set(appKey, "app-key must be set: App Key")
                .set(appSecret, "app-secret must be set: App Secret")
                .set(accessToken, "access-token must be set: access_token of 开发者模式")
                .apiBase(apiBase, "https://m.api.weibo.com")
                .require(
                        uploadBase == null || AccountCheck.isAddress(uploadBase),
                        "upload-base must be an address such as https://upload.api.weibo.com")
                .require(
                        authBase == null || AccountCheck.isAddress(authBase),
                        "auth-base must be an address such as https://api.weibo.com")
                .require(
                        articleImage == null || articleImage.getHost() != null,
                        "article-image must be the address of a picture, such as https://…")
                .positive(timeout, "timeout", "5s")
                .answerWithin(answerWithin, PATIENCE)
                .callbackMaxAge(callbackMaxAge)
                .windows(windows)
                .pace(pace)
                .done();
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return new ChannelAccount(
                name,
                true,
                new PassiveReplies(PATIENCE, TRIES, answerWithin),
                WindowSetting.rules(windows),
                pace,
                capabilities());
    }

    /** Where files of customers are. */
    URI uploads() {
        return uploadBase == null ? sister("https://upload.api.weibo.com") : uploadBase;
    }

    /** Where tokens are asked about. */
    URI authorisation() {
        return authBase == null ? sister("https://api.weibo.com") : authBase;
    }

    /** A stand-in for the platform stands in for all of its hosts: no token goes past it. */
    private URI sister(String host) {
        return apiBase.getHost().endsWith(".weibo.com") ? URI.create(host) : apiBase;
    }

    /** 微博开放平台: 接收普通消息, 接收事件推送, 发送客服消息. */
    private static Capabilities capabilities() {
        return Capabilities.words(TEXT)
                .receives(Kind.IMAGE, Kind.VOICE, Kind.LOCATION, Kind.EVENT)
                .sends(Kind.LINK, Kind.LOCATION, Kind.NATIVE)
                .build();
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "WeiboAccount[name=" + name + ", uid=" + uid + ", apiBase=" + apiBase + "]";
    }
}
