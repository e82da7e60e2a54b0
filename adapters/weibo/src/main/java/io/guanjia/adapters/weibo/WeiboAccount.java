package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * @param authBase where the token's remaining life is asked for; unless set, as with {@code
 *     uploadBase}
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
        @DefaultValue Map<Trigger, Window> windows,
        @DefaultValue Map<String, Double> pace) {

    /** 文本大小必须小于300个汉字 (发送客服消息, 发送被动响应消息). */
    static final TextLimit TEXT = TextLimit.characters(299);

    /** The platform drops the connection after this long and tries again, three times in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int TRIES = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern UID = Pattern.compile("[0-9]{1,19}");

    /**
     * 微博开放平台, 发送客服消息 and messages/reply/biz: after a message, a follow or subscription, a click in
     * the menu or a scan, 48 hours without limit; a note on the same page speaks of 99. After a
     * mention one.
     */
    private static final Map<Trigger, Window> WINDOWS =
            Map.of(
                    Trigger.MESSAGE, new Window(99, Duration.ofHours(48)),
                    Trigger.FOLLOW, new Window(99, Duration.ofHours(48)),
                    Trigger.MENU, new Window(99, Duration.ofHours(48)),
                    Trigger.SCAN, new Window(99, Duration.ofHours(48)),
                    Trigger.MENTION, new Window(1, Duration.ofHours(48)));

    /** The platform publishes none for this API; what it counts, it counts by the hour. */
    private static final Map<String, Double> PACE = Map.of(FansServiceApi.REPLY, 20.0);

    /** How many messages may follow, and for how long. */
    public record Window(int messages, Duration lifetime) {}

    public WeiboAccount {
        windows = merged(WINDOWS, windows);
        pace = merged(PACE, pace);
        var problems = new ArrayList<String>();
        if (name == null || !NAME.matcher(name).matches()) {
            problems.add("name must be letters, digits, '.', '_' or '-'; it stands in the address");
        }
        if (uid != null && uid.isBlank()) {
            uid = null;
        }
        if (uid != null && !UID.matcher(uid).matches()) {
            problems.add("uid must be digits, such as 1902538057");
        }
        require(appKey, "app-key must be set: App Key", problems);
        require(appSecret, "app-secret must be set: App Secret", problems);
        require(accessToken, "access-token must be set: access_token of 开发者模式", problems);
        if (!isHttp(apiBase)) {
            problems.add("api-base must be an address such as https://m.api.weibo.com");
        }
        if (uploadBase != null && !isHttp(uploadBase)) {
            problems.add("upload-base must be an address such as https://upload.api.weibo.com");
        }
        if (authBase != null && !isHttp(authBase)) {
            problems.add("auth-base must be an address such as https://api.weibo.com");
        }
        if (articleImage != null && articleImage.getHost() == null) {
            problems.add("article-image must be the address of a picture, such as https://…");
        }
        if (!isPositive(timeout)) {
            problems.add("timeout must be a positive duration such as 5s");
        }
        if (!isPositive(answerWithin) || answerWithin.compareTo(PATIENCE) >= 0) {
            problems.add("answer-within must be a duration below 5s, such as 2s");
        }
        if (callbackMaxAge != null && !isPositive(callbackMaxAge)) {
            problems.add("callback-max-age must be a positive duration such as 5m");
        }
        if (windows.values().stream().anyMatch(window -> window.messages < 0)
                || windows.values().stream().anyMatch(window -> !isPositive(window.lifetime))) {
            problems.add("windows.*.messages and windows.*.lifetime must be such as 99 and 48h");
        }
        if (pace.values().stream().anyMatch(rate -> rate <= 0)) {
            problems.add("pace.* must be messages a second, above 0");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return new ChannelAccount(
                name,
                true,
                new PassiveReplies(PATIENCE, TRIES, answerWithin),
                rules(),
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

    private List<WindowRule> rules() {
        return windows.entrySet().stream()
                .filter(entry -> entry.getValue().messages() > 0)
                .map(
                        entry ->
                                new WindowRule(
                                        entry.getKey(),
                                        entry.getValue().messages(),
                                        entry.getValue().lifetime()))
                .toList();
    }

    private static void require(@Nullable String value, String problem, List<String> problems) {
        if (value == null || value.isBlank()) {
            problems.add(problem);
        }
    }

    private static boolean isHttp(@Nullable URI address) {
        return address != null
                && address.getHost() != null
                && address.getRawQuery() == null
                && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
    }

    private static boolean isPositive(@Nullable Duration duration) {
        return duration != null && duration.isPositive();
    }

    private static <K, V> Map<K, V> merged(Map<K, V> defaults, @Nullable Map<K, V> changes) {
        var merged = new HashMap<>(defaults);
        if (changes != null) {
            merged.putAll(changes);
        }
        return Map.copyOf(merged);
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "WeiboAccount[name=" + name + ", uid=" + uid + ", apiBase=" + apiBase + "]";
    }
}
