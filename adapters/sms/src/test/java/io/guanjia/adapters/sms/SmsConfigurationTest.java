package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.aliyun.AliyunConfiguration;
import io.guanjia.adapters.sms.aliyun.AliyunProvider;
import io.guanjia.adapters.sms.http.HttpSmsAccount;
import io.guanjia.adapters.sms.http.HttpSmsConfiguration;
import io.guanjia.adapters.sms.http.HttpSmsProvider;
import io.guanjia.adapters.sms.tencent.TencentConfiguration;
import io.guanjia.adapters.sms.tencent.TencentProvider;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ManagedAccounts;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.time.Clock;
import java.util.List;
import java.util.Map;

class SmsConfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    AliyunConfiguration.class,
                                    TencentConfiguration.class,
                                    HttpSmsConfiguration.class))
                    .withBean(Clock.class, Clock::systemUTC);

    @Test
    void addsThreeChannelsWithoutAnyAccount() {
        application.run(
                context -> {
                    assertThat(context.getBeansOfType(Channel.class).values())
                            .extracting(Channel::name)
                            .containsExactlyInAnyOrder("sms-aliyun", "sms-tencent", "sms-http");
                    assertThat(context.getBeansOfType(ManagedAccounts.class)).hasSize(3);
                });
    }

    @Test
    void takesAccountsFromTheSettings() {
        var account = "guanjia.channels.sms-http.accounts[0].";
        application
                .withPropertyValues(
                        account + "name=main",
                        account + "api-base=https://sms.example/v1",
                        account + "secret=0123456789abcdef")
                .run(
                        context ->
                                assertThat(
                                                context
                                                        .getBeansOfType(Channel.class)
                                                        .values()
                                                        .stream()
                                                        .flatMap(
                                                                channel ->
                                                                        channel
                                                                                .accounts()
                                                                                .stream()))
                                        .singleElement()
                                        .satisfies(
                                                one -> assertThat(one.name()).isEqualTo("main")));
    }

    /**
     * The platforms sign nothing, so an administrator has to be able to say where they call from.
     */
    @Test
    void takesFromTheConsoleWhereCallbacksComeFromAndHowLongATextMayBe() {
        var clock = Clock.systemUTC();
        for (SmsProvider<?> provider :
                List.of(
                        new AliyunProvider(clock),
                        new TencentProvider(clock),
                        new HttpSmsProvider(clock))) {
            assertThat(provider.fields())
                    .extracting(ManagedAccounts.Field::key)
                    .contains("callback-from", "text-limit");
        }
    }

    @Test
    void takesNetworksAsAnAdministratorWritesThem() {
        var settings =
                Map.of(
                        "account.name", "main",
                        "account.api-base", "https://sms.example.com/v1",
                        "account.secret", "0123456789abcdef",
                        "account.text-limit", "300",
                        "account.callback-max-age", "3m",
                        "account.callback-from", "203.0.113.0/24, 10.1.2.3");

        var account =
                new Binder(new MapConfigurationPropertySource(settings))
                        .bind("account", HttpSmsAccount.class)
                        .get();

        assertThat(account.callbackFrom()).containsExactly("203.0.113.0/24", "10.1.2.3");
        assertThat(account.textLimit()).isEqualTo(300);
    }
}
