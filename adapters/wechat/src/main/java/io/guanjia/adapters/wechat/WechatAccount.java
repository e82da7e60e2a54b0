package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.channel.WindowSetting;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.MediaTransfer;
import io.guanjia.weixin.callback.Mode;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

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
        @DefaultValue Map<Trigger, WindowSetting> windows,
        @DefaultValue Map<String, Double> pace) {

    /** The longest text in bytes of UTF-8, passive or not, as measured by others. */
    static final int MAX_TEXT_BYTES = 2048;

    /** The platform drops the connection after this long and tries again, three times in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int TRIES = 3;

    /**
     * The platform's rules as of 2023-06-12 (微信开放文档, 客服消息). Payments are left out: its pages
     * contradict each other.
     */
    static final Map<Trigger, WindowSetting> WINDOWS =
            Map.of(
                    Trigger.MESSAGE, new WindowSetting(5, Duration.ofHours(48)),
                    Trigger.MENU, new WindowSetting(3, Duration.ofMinutes(1)),
                    Trigger.FOLLOW, new WindowSetting(3, Duration.ofMinutes(1)),
                    Trigger.SCAN, new WindowSetting(3, Duration.ofMinutes(1)));

    static final Map<String, Double> PACE =
            Map.of(
                    Api.CUSTOM_SEND.label(), 100.0,
                    Api.TEMPLATE_SEND.label(), 100.0,
                    Api.SUBSCRIBE_BIZSEND.label(), 100.0);

    public WechatAccount {
        windows = WindowSetting.merged(WINDOWS, windows);
        pace = AccountCheck.merged(PACE, pace);
        aesKey = AccountCheck.orNone(aesKey);
        mode = Mode.orDefault(mode, aesKey);
        var check = new AccountCheck();
        Mode.check(check, mode, aesKey);
        check.name(name)
                .set(appId, "app-id must be set: 开发者ID(AppID), such as wx1234567890abcdef")
                .set(secret, "secret must be set: 开发者密码(AppSecret)")
                .set(token, "token must be set: 令牌(Token) of 服务器配置, 3 to 32 characters")
                .apiBase(apiBase, "https://api.weixin.qq.com")
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
                customerServiceMessages,
                new PassiveReplies(PATIENCE, TRIES, answerWithin),
                WindowSetting.rules(windows),
                pace,
                capabilities());
    }

    /**
     * 微信开放文档: 接收普通消息, 客服消息, 上传临时素材. Without customer service messages only what a response can
     * carry: a file of ours would have to be uploaded first.
     */
    private Capabilities capabilities() {
        var words =
                Capabilities.words(TextLimit.bytes(MAX_TEXT_BYTES))
                        .receives(
                                Kind.IMAGE,
                                Kind.VOICE,
                                Kind.VIDEO,
                                Kind.FILE,
                                Kind.LOCATION,
                                Kind.LINK,
                                Kind.MINI_PROGRAM,
                                Kind.EVENT)
                        .sends(Kind.LINK, Kind.SUGGESTIONS, Kind.TEMPLATE, Kind.NATIVE)
                        .begunBy(Initiative.APPROVED_FORM)
                        .reports(Report.DELIVERED, Report.FAILED);
        return customerServiceMessages
                ? words.sends(Kind.MINI_PROGRAM)
                        .sends(Kind.IMAGE, MediaTransfer.Kind.IMAGE.files())
                        .sends(Kind.VOICE, MediaTransfer.Kind.VOICE.files())
                        .sends(Kind.VIDEO, MediaTransfer.Kind.VIDEO.files())
                        .typing(true)
                        .build()
                : words.build();
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "WechatAccount[name=" + name + ", appId=" + appId + ", apiBase=" + apiBase + "]";
    }
}
