package io.guanjia.adapters.sms.aliyun;

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
 * One account under {@code guanjia.channels.sms-aliyun.accounts}. Creating one fails with a message
 * that names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/sms-aliyun/{name}?key=…}
 * @param accessKeyId AccessKey ID of a RAM user who may send
 * @param accessKeySecret AccessKey Secret
 * @param signName 短信签名, without 【】
 * @param textTemplate 模板CODE of a template that is one variable and nothing else, by which plain
 *     words go out; null where there is none, and then only templates do
 * @param textVariable the name of that variable
 * @param textLimit the longest text in characters, with the signature
 * @param smsUpExtendCode 上行短信扩展码, if there is one
 * @param apiBase where the API is
 * @param callbackKey what callbacks bring as {@code ?key=…}; the platform signs nothing
 * @param callbackFrom addresses and networks that callbacks come from; any where there are none
 * @param timeout how long one API call may take in all
 * @param pace messages a second for {@code send-text} and {@code send-template}
 */
public record AliyunAccount(
        String name,
        String accessKeyId,
        String accessKeySecret,
        String signName,
        @Nullable String textTemplate,
        @DefaultValue("content") String textVariable,
        @DefaultValue("500") int textLimit,
        @Nullable String smsUpExtendCode,
        @DefaultValue("https://dysmsapi.aliyuncs.com") URI apiBase,
        String callbackKey,
        @DefaultValue List<String> callbackFrom,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue Map<String, Double> pace) {

    /** The platform takes 5,000 calls a second of one user (SendSms, QPS限制). */
    static final double PACE = 200;

    public AliyunAccount {
        callbackFrom = List.copyOf(callbackFrom);
        pace = SmsAbilities.pace(pace, PACE);
        textTemplate = AccountCheck.orNone(textTemplate);
        smsUpExtendCode = AccountCheck.orNone(smsUpExtendCode);
        new AccountCheck()
                .name(name)
                .set(accessKeyId, "access-key-id must be set: AccessKey ID")
                .set(accessKeySecret, "access-key-secret must be set: AccessKey Secret")
                .set(signName, "sign-name must be set: 短信签名, without 【】")
                .set(textVariable, "text-variable must be the name of text-template's variable")
                .require(SmsSegments.isLimit(textLimit), SmsSegments.LIMITS)
                .apiBase(apiBase, "https://dysmsapi.aliyuncs.com")
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
        return "AliyunAccount[name=" + name + ", apiBase=" + apiBase + "]";
    }
}
