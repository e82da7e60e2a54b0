package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.SmsAbilities;
import io.guanjia.adapters.sms.SmsLine;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ManagedAccounts.Field;

import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** 腾讯云短信, API version 2021-01-11. */
public final class TencentProvider implements SmsProvider<TencentAccount> {

    public static final String CHANNEL = "sms-tencent";

    private final Clock clock;

    public TencentProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Class<TencentAccount> type() {
        return TencentAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("secret-id", "SecretId"),
                        Field.secret("secret-key", "SecretKey"),
                        Field.text("sms-sdk-app-id", "SDKAppID"),
                        Field.text("sign-name", "签名内容"),
                        Field.text("text-template", "模板 ID（正文只有 {1}）").optional(),
                        Field.number("text-limit", "文字上限（字，含签名）"),
                        Field.text("extend-code", "短信码号扩展号").optional(),
                        Field.secret("callback-key", "回调地址中的密钥（?key=…）"),
                        Field.text("callback-from", "回调来源地址").optional(),
                        Field.text("region", "地域").optional(),
                        Field.address("api-base", "接口请求域名").optional())
                .advanced(Field.text("sender-id", "SenderId"), null)
                .timeout("5s")
                .pace(SmsAbilities.pace(Map.of(), TencentAccount.PACE))
                .fields();
    }

    @Override
    public SmsLine open(TencentAccount account, ConnectionProvider connections) {
        return new TencentLine(account, connections, clock);
    }
}
