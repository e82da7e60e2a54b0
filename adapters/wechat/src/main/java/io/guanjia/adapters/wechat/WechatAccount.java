package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
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
 * One official account under {@code guanjia.channels.wechat.accounts}. Creating one fails with a
 * message that names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/wechat/{name}}
 * @param appId 开发者ID(AppID)
 * @param secret 开发者密码(AppSecret)
 * @param token 令牌(Token) of 服务器配置
 * @param aesKey 消息加解密密钥(EncodingAESKey), 43 characters; only plain mode does without
 * @param apiBase where the platform's API is; only this host ever gets tokens or media ids
 * @param mode which callbacks are accepted
 * @param customerServiceMessages whether the account may send 客服消息; without that permission
 *     everything goes out as a passive reply
 * @param customerServiceAccount the 客服账号 that messages appear to come from, if any
 * @param callbackMaxAge how old a callback's timestamp may be, in either direction; null for any
 *     age. The platform does not ask for this check
 * @param timeout how long one API call may take in all
 * @param answerWithin how long a callback is held back in the hope of an answer
 * @param windows how many messages may follow what the customer does, and for how long; adds to and
 *     overrides the platform's published rules
 * @param pace messages a second for each API: {@code custom-send}, {@code template-send}, {@code
 *     subscribe-bizsend}
 */
public record WechatAccount(
        String name,
        String appId,
        String secret,
        String token,
        @Nullable String aesKey,
        @DefaultValue("https://api.weixin.qq.com") URI apiBase,
        Mode mode,
        @DefaultValue("true") boolean customerServiceMessages,
        @Nullable String customerServiceAccount,
        @Nullable Duration callbackMaxAge,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("2s") Duration answerWithin,
        @DefaultValue Map<Trigger, Window> windows,
        @DefaultValue Map<String, Double> pace) {

    /** The longest text in bytes of UTF-8, passive or not, as measured by others. */
    static final int MAX_TEXT_BYTES = 2048;

    /** The platform drops the connection after this long and tries again, three times in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int TRIES = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern AES_KEY = Pattern.compile("[A-Za-z0-9]{43}");

    /**
     * The platform's rules as of 2023-06-12 (微信开放文档, 客服消息). Payments are left out: its pages
     * contradict each other.
     */
    private static final Map<Trigger, Window> WINDOWS =
            Map.of(
                    Trigger.MESSAGE, new Window(5, Duration.ofHours(48)),
                    Trigger.MENU, new Window(3, Duration.ofMinutes(1)),
                    Trigger.FOLLOW, new Window(3, Duration.ofMinutes(1)),
                    Trigger.SCAN, new Window(3, Duration.ofMinutes(1)));

    private static final Map<String, Double> PACE =
            Map.of(
                    Api.CUSTOM_SEND.label(), 100.0,
                    Api.TEMPLATE_SEND.label(), 100.0,
                    Api.SUBSCRIBE_SEND.label(), 100.0);

    /** 消息加解密方式: which callbacks are accepted. */
    public enum Mode {
        /** 明文模式. Encrypted callbacks are refused. */
        PLAIN,
        /** 兼容模式. Both are accepted, and each is answered in kind. */
        COMPATIBLE,
        /** 安全模式. Only encrypted callbacks are accepted: a plain signature covers no content. */
        SAFE
    }

    /** How many messages may follow, and for how long. */
    public record Window(int messages, Duration lifetime) {}

    public WechatAccount {
        windows = merged(WINDOWS, windows);
        pace = merged(PACE, pace);
        var problems = new ArrayList<String>();
        if (name == null || !NAME.matcher(name).matches()) {
            problems.add("name must be letters, digits, '.', '_' or '-'; it stands in the address");
        }
        require(appId, "app-id must be set: 开发者ID(AppID), such as wx1234567890abcdef", problems);
        require(secret, "secret must be set: 开发者密码(AppSecret)", problems);
        require(token, "token must be set: 令牌(Token) of 服务器配置, 3 to 32 characters", problems);
        if (aesKey != null && aesKey.isBlank()) {
            aesKey = null;
        }
        if (mode == null) {
            mode = aesKey == null ? Mode.PLAIN : Mode.SAFE;
        }
        if (aesKey != null && !AES_KEY.matcher(aesKey).matches()) {
            problems.add("aes-key must be 43 letters and digits: 消息加解密密钥(EncodingAESKey)");
        }
        if (aesKey == null && mode == Mode.SAFE) {
            problems.add("aes-key must be set when mode is safe: 消息加解密密钥(EncodingAESKey)");
        }
        if (!isHttp(apiBase)) {
            problems.add("api-base must be an address such as https://api.weixin.qq.com");
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
            problems.add("windows.*.messages and windows.*.lifetime must be such as 5 and 48h");
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
                customerServiceMessages,
                new PassiveReplies(PATIENCE, TRIES, answerWithin),
                rules(),
                pace,
                MAX_TEXT_BYTES,
                customerServiceMessages);
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
        return "WechatAccount[name=" + name + ", appId=" + appId + ", apiBase=" + apiBase + "]";
    }
}
