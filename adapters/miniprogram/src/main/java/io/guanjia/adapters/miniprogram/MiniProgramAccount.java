package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Files;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.channel.WindowSetting;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.callback.Mode;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * One mini program under {@code guanjia.channels.miniprogram.accounts}. Creating one fails with a
 * message that names every setting at fault and never its value.
 *
 * <p>Whether callbacks come as XML or JSON (数据格式) need not be said: it shows.
 *
 * @param name ours, as in the callback address {@code /callbacks/miniprogram/{name}}
 * @param appId AppID(小程序ID)
 * @param secret AppSecret(小程序密钥)
 * @param token Token(令牌) of 消息推送
 * @param aesKey EncodingAESKey(消息加密密钥), 43 characters; only plain mode does without
 * @param apiBase where the platform's API is; only this host ever gets tokens or media ids
 * @param mode which callbacks are accepted
 * @param state which version of the mini program a subscription message opens (跳转小程序类型)
 * @param callbackMaxAge how old a callback's timestamp may be, in either direction; null for any
 *     age. The platform does not ask for this check
 * @param timeout how long one API call may take in all
 * @param windows how many messages may follow what the customer does, and for how long; adds to and
 *     overrides the platform's published rules
 * @param pace messages a second for each API: {@code custom-send}, {@code subscribe-send}
 */
public record MiniProgramAccount(
        String name,
        String appId,
        String secret,
        String token,
        @Nullable String aesKey,
        @DefaultValue("https://api.weixin.qq.com") URI apiBase,
        Mode mode,
        @DefaultValue("formal") State state,
        @Nullable Duration callbackMaxAge,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue Map<Trigger, WindowSetting> windows,
        @DefaultValue Map<String, Double> pace) {

    /** What others measured for official accounts; nothing is published for mini programs. */
    private static final int MAX_TEXT_BYTES = 2048;

    /** 微信开放文档, 新增图片素材. */
    private static final Files PICTURES =
            Files.upTo(10_485_760, "image/jpeg", "image/png", "image/gif");

    /** The platform's rules (微信开放文档, 发送客服消息, 下发条数限制). */
    static final Map<Trigger, WindowSetting> WINDOWS =
            Map.of(
                    Trigger.MESSAGE, new WindowSetting(5, Duration.ofHours(48)),
                    Trigger.ENTER, new WindowSetting(2, Duration.ofMinutes(1)));

    static final Map<String, Double> PACE =
            Map.of(Api.CUSTOM_SEND.label(), 100.0, Api.SUBSCRIBE_SEND.label(), 100.0);

    /** {@code miniprogram_state}. */
    public enum State {
        /** 开发版. */
        DEVELOPER,
        /** 体验版. */
        TRIAL,
        /** 正式版. */
        FORMAL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public MiniProgramAccount {
        windows = WindowSetting.merged(WINDOWS, windows);
        pace = AccountCheck.merged(PACE, pace);
        aesKey = AccountCheck.orNone(aesKey);
        mode = Mode.orDefault(mode, aesKey);
        var check = new AccountCheck();
        Mode.check(check, mode, aesKey);
        check.name(name)
                .set(appId, "app-id must be set: AppID(小程序ID), such as wx1234567890abcdef")
                .set(secret, "secret must be set: AppSecret(小程序密钥)")
                .set(token, "token must be set: Token(令牌) of 消息推送, 3 to 32 characters")
                .apiBase(apiBase, "https://api.weixin.qq.com")
                .positive(timeout, "timeout", "5s")
                .callbackMaxAge(callbackMaxAge)
                .windows(windows)
                .pace(pace)
                .done();
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return new ChannelAccount(
                name, true, null, WindowSetting.rules(windows), pace, capabilities());
    }

    /** 微信开放文档: 接收消息和事件, 发送客服消息, 发送订阅消息. */
    private static Capabilities capabilities() {
        return Capabilities.words(TextLimit.bytes(MAX_TEXT_BYTES))
                .receives(Kind.IMAGE, Kind.MINI_PROGRAM, Kind.EVENT)
                .sends(Kind.LINK, Kind.MINI_PROGRAM, Kind.TEMPLATE)
                .sends(Kind.IMAGE, PICTURES)
                .begunBy(Initiative.APPROVED_FORM)
                .reports(Report.DELIVERED, Report.FAILED)
                .typing(true)
                .build();
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "MiniProgramAccount[name="
                + name
                + ", appId="
                + appId
                + ", apiBase="
                + apiBase
                + "]";
    }
}
