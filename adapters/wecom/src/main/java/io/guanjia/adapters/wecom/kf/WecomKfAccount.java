package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.Corp;
import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.channel.WindowSetting;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One 客服账号 under {@code guanjia.channels.wecom-kf.accounts}. Creating one fails with a message that
 * names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/wecom-kf/{name}}
 * @param corpId 企业ID
 * @param secret of the self-built application that may use the API of 微信客服, or of 微信客服 itself
 * @param token Token of the callback
 * @param aesKey its EncodingAESKey, 43 characters
 * @param openKfid 客服账号ID
 * @param person where customers get a person: at the desk, or from the 接待人员 in 企业微信
 * @param servicerUserid which 接待人员, where it is always the same; else whoever takes the customer
 *     out of 待接入池
 * @param endSession whether a conversation that is closed ends the session in 企业微信: the platform
 *     may then ask how the service was, and nothing can be sent before the customer writes again
 * @param apiBase where the platform's API is; only this host ever gets tokens or media ids
 * @param timeout how long one API call may take in all
 * @param syncEvery how often to look for messages that no callback has told of
 * @param history how far back from its first start a new account is read; the platform keeps three
 *     days
 * @param windows how many messages may follow what the customer does, and for how long; adds to and
 *     overrides the platform's published rules
 * @param pace messages a second for each API: {@code send-msg}
 */
public record WecomKfAccount(
        String name,
        String corpId,
        String secret,
        String token,
        String aesKey,
        String openKfid,
        @DefaultValue("desk") Person person,
        @Nullable String servicerUserid,
        @DefaultValue("false") boolean endSession,
        @DefaultValue("https://qyapi.weixin.qq.com") URI apiBase,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("30s") Duration syncEvery,
        @DefaultValue("1h") Duration history,
        @DefaultValue Map<Trigger, WindowSetting> windows,
        @DefaultValue Map<String, Double> pace) {

    /** Who serves customers that are to get a person. */
    public enum Person {
        /** Ours, at the desk. */
        DESK,
        /** 接待人员, in their own 企业微信. */
        SERVICERS
    }

    /** 企业微信开发者中心, 发送消息 (94677). */
    static final int MAX_TEXT_BYTES = 2048;

    /** How long a {@code welcome_code} is good. */
    static final Duration WELCOME = Duration.ofSeconds(20);

    /** 企业微信开发者中心, 发送消息 (94677) and 发送欢迎语等事件响应消息 (95122). */
    static final Map<Trigger, WindowSetting> WINDOWS =
            Map.of(
                    Trigger.MESSAGE, new WindowSetting(5, Duration.ofHours(48)),
                    Trigger.ENTER, new WindowSetting(1, WELCOME));

    /** A corporation may call each API 10,000 times a minute. */
    static final Map<String, Double> PACE = Map.of(Sending.LABEL, 100.0);

    public WecomKfAccount {
        servicerUserid = AccountCheck.orNone(servicerUserid);
        windows = WindowSetting.merged(WINDOWS, windows);
        pace = AccountCheck.merged(PACE, pace);
        new AccountCheck()
                .name(name)
                .set(corpId, "corp-id must be set: 企业ID, such as ww1234567890abcdef")
                .set(secret, "secret must be set: Secret of the application that may use 微信客服")
                .set(token, "token must be set: Token of 设置API接收")
                .require(
                        MessageCrypt.isAesKey(aesKey),
                        "aes-key must be 43 letters and digits: EncodingAESKey")
                .set(openKfid, "open-kfid must be set: 客服账号ID, such as wkAJ2GCAAA…")
                .require(
                        servicerUserid == null || person == Person.SERVICERS,
                        "servicer-userid must be empty unless person is servicers")
                .apiBase(apiBase, "https://qyapi.weixin.qq.com")
                .positive(timeout, "timeout", "5s")
                .positive(syncEvery, "sync-every", "30s")
                .require(
                        history != null && !history.isNegative(),
                        "history must be a duration such as 1h")
                .windows(windows)
                .pace(pace)
                .done();
    }

    Corp corp() {
        // With the 企业ID, so that a changed setting does not find the other corporation's token,
        // and with the address, so that a token goes nowhere but to whom it came from.
        return new Corp(
                WecomKfChannel.NAME + "/" + name + "/" + corpId + "/" + apiBase, corpId, secret);
    }

    /** Whether an event that came for {@code corp} and {@code kfid} is about this account. */
    boolean isThatOf(String corp, String kfid) {
        return corpId.equals(corp) && openKfid.equals(kfid);
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return new ChannelAccount(
                name, true, null, WindowSetting.rules(windows), pace, capabilities());
    }

    /** 企业微信开发者中心, 读取消息 (94670) and 发送消息 (94677). */
    private static Capabilities capabilities() {
        return Capabilities.words(TextLimit.bytes(MAX_TEXT_BYTES))
                .receives(
                        Kind.IMAGE,
                        Kind.VOICE,
                        Kind.VIDEO,
                        Kind.FILE,
                        Kind.LOCATION,
                        Kind.LINK,
                        Kind.MINI_PROGRAM,
                        Kind.NATIVE,
                        Kind.EVENT)
                .sends(Kind.LOCATION, Kind.LINK, Kind.MINI_PROGRAM, Kind.SUGGESTIONS, Kind.NATIVE)
                .sends(Kind.IMAGE, CorpMedia.Kind.IMAGE.files())
                .sends(Kind.VOICE, CorpMedia.Kind.VOICE.files())
                .sends(Kind.VIDEO, CorpMedia.Kind.VIDEO.files())
                .sends(Kind.FILE, CorpMedia.Kind.FILE.files())
                .reports(Report.FAILED)
                .build();
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "WecomKfAccount[name=" + name + ", corpId=" + corpId + ", apiBase=" + apiBase + "]";
    }
}
