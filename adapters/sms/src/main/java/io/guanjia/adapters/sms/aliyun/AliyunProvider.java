package io.guanjia.adapters.sms.aliyun;

import io.guanjia.adapters.sms.SmsAbilities;
import io.guanjia.adapters.sms.SmsLine;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ManagedAccounts.Field;

import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** 阿里云短信服务, API version 2017-05-25. */
public final class AliyunProvider implements SmsProvider<AliyunAccount> {

    public static final String CHANNEL = "sms-aliyun";

    private final Clock clock;

    public AliyunProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Class<AliyunAccount> type() {
        return AliyunAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("access-key-id", "AccessKey ID"),
                        Field.secret("access-key-secret", "AccessKey Secret"),
                        Field.text("sign-name", "短信签名"),
                        Field.text("text-template", "模板CODE（只含一个变量）").optional(),
                        Field.text("text-variable", "该模板的变量名").optional(),
                        Field.number("text-limit", "文字上限（字，含签名）"),
                        Field.text("sms-up-extend-code", "上行短信扩展码").optional(),
                        Field.secret("callback-key", "接收地址中的密钥（?key=…）"),
                        Field.text("callback-from", "回调来源地址").optional(),
                        Field.address("api-base", "服务地址").optional())
                .timeout("5s")
                .pace(SmsAbilities.pace(Map.of(), AliyunAccount.PACE))
                .fields();
    }

    @Override
    public SmsLine open(AliyunAccount account, ConnectionProvider connections) {
        return new AliyunLine(account, connections, clock);
    }
}
