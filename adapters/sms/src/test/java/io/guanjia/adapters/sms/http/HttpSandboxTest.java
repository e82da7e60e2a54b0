package io.guanjia.adapters.sms.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.Accounts;
import io.guanjia.adapters.sms.AgainstTheSandbox;
import io.guanjia.adapters.sms.SmsProvider;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Callbacks are signed. */
class HttpSandboxTest extends AgainstTheSandbox<HttpSmsAccount> {

    @Override
    protected Map<String, String> settings() {
        return Map.of("name", "main", "secret", "a-secret-of-both-sides", "sign-name", "小管家银行");
    }

    @Override
    protected String secretKey() {
        return "secret";
    }

    @Override
    protected SmsProvider<HttpSmsAccount> provider(Clock clock) {
        return new HttpSmsProvider(clock);
    }

    @Override
    protected List<HttpSmsAccount> accounts(Map<String, String> settings) {
        var accounts =
                Accounts.bind("sms-http", HttpSmsSettings.class, settings, Map.of()).accounts();
        assertThat(accounts).allMatch(account -> account.callbackKey() == null);
        return accounts;
    }
}
