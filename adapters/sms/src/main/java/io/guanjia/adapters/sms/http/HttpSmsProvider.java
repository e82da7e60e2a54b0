package io.guanjia.adapters.sms.http;

import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsLine;
import io.guanjia.adapters.sms.SmsProvider;
import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ManagedAccounts.Field;

import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Whoever speaks the form that the README documents. */
public final class HttpSmsProvider implements SmsProvider<HttpSmsAccount> {

    public static final String CHANNEL = "sms-http";

    private final Clock clock;

    public HttpSmsProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Class<HttpSmsAccount> type() {
        return HttpSmsAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.address("api-base", "接口地址"),
                        Field.secret("secret", "签名密钥"),
                        Field.text("sign-name", "短信签名").optional(),
                        Field.number("text-limit", "文字上限（字，含签名）"),
                        Field.secret("callback-key", "回调地址中的密钥（?key=…）").optional(),
                        Field.text("callback-from", "回调来源地址").optional(),
                        Field.text("callback-max-age", "回调最大时差").optional())
                .timeout("5s")
                .pace(Map.of(SmsChannel.SEND_TEXT, HttpSmsAccount.PACE))
                .fields();
    }

    @Override
    public SmsLine open(HttpSmsAccount account, ConnectionProvider connections) {
        return new HttpSmsLine(account, connections, clock);
    }
}
