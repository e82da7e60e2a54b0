package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.SmsAbilities;
import io.guanjia.adapters.sms.SmsSegments;
import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.ChannelAccount;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * One account under {@code guanjia.channels.sms-tencent.accounts}. Creating one fails with a
 * message that names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/sms-tencent/{name}?key=…}
 * @param secretId SecretId of a sub-account who may send
 * @param secretKey SecretKey
 * @param smsSdkAppId SDKAppID of the application, such as 1400006666
 * @param signName 签名内容, without 【】
 * @param textTemplate 模板 ID of a body that is {1} and nothing else, by which plain words go out;
 *     null where there is none, and then only templates do
 * @param textLimit the longest text in characters, with the signature
 * @param extendCode 短信码号扩展号, if there is one
 * @param senderId the sender of messages abroad, if there is one
 * @param region 地域
 * @param apiBase where the API is
 * @param callbackKey what callbacks bring as {@code ?key=…}; the platform signs nothing
 * @param callbackFrom addresses and networks that callbacks come from; any where there are none
 * @param timeout how long one API call may take in all
 * @param pace messages a second for {@code send-text} and {@code send-template}
 */
public record TencentAccount(
        String name,
        String secretId,
        String secretKey,
        String smsSdkAppId,
        String signName,
        @Nullable String textTemplate,
        @DefaultValue("500") int textLimit,
        @Nullable String extendCode,
        @Nullable String senderId,
        @DefaultValue("ap-guangzhou") String region,
        @DefaultValue("https://sms.tencentcloudapi.com") URI apiBase,
        String callbackKey,
        @DefaultValue List<String> callbackFrom,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue Map<String, Double> pace) {

    /** The platform takes 3,000 calls a second (SendSms, 默认接口请求频率限制). */
    static final double PACE = 200;

    public TencentAccount {
        callbackFrom = List.copyOf(callbackFrom);
        pace = SmsAbilities.pace(pace, PACE);
        textTemplate = AccountCheck.orNone(textTemplate);
        extendCode = AccountCheck.orNone(extendCode);
        senderId = AccountCheck.orNone(senderId);
        new AccountCheck()
                .name(name)
                .set(secretId, "secret-id must be set: SecretId")
                .set(secretKey, "secret-key must be set: SecretKey")
                .set(smsSdkAppId, "sms-sdk-app-id must be set: SDKAppID, such as 1400006666")
                .set(signName, "sign-name must be set: 签名内容, without 【】")
                .require(SmsSegments.isLimit(textLimit), SmsSegments.LIMITS)
                .set(region, "region must be set: 地域, such as ap-guangzhou")
                .apiBase(apiBase, "https://sms.tencentcloudapi.com")
                .set(callbackKey, "callback-key must be set: it stands in the callback address")
                .callbackKey(callbackKey)
                .callbackFrom(callbackFrom)
                .positive(timeout, "timeout", "5s")
                .pace(pace)
                .done();
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        var sends = EnumSet.of(Kind.TEMPLATE);
        if (textTemplate != null) {
            sends.add(Kind.TEXT);
        }
        return SmsAbilities.account(name, sends, SmsSegments.limit(textLimit, signName), pace);
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "TencentAccount[name=" + name + ", apiBase=" + apiBase + "]";
    }
}
