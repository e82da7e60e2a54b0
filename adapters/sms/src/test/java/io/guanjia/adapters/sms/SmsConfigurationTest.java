package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.aliyun.AliyunConfiguration;
import io.guanjia.adapters.sms.http.HttpSmsConfiguration;
import io.guanjia.adapters.sms.tencent.TencentConfiguration;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ManagedAccounts;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.time.Clock;

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
}
