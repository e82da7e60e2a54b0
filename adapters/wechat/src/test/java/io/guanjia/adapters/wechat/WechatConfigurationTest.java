package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.weixin.api.Strangers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

@ExtendWith(OutputCaptureExtension.class)
class WechatConfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(WechatConfiguration.class))
                    .withInitializer(WechatConfigurationTest::surround);

    @Test
    void addsTheChannelWithItsAccounts() {
        application
                .withPropertyValues(pairs(Accounts.settings(Map.of())))
                .run(
                        context ->
                                assertThat(context.getBean(Channel.class).accounts())
                                        .singleElement()
                                        .satisfies(
                                                account ->
                                                        assertThat(account.name())
                                                                .isEqualTo("demo")));
    }

    @Test
    void addsTheChannelWithoutAnyAccount() {
        application.run(context -> assertThat(context.getBean(Channel.class).accounts()).isEmpty());
    }

    @Test
    void takesFromTheConsoleHowOldACallbackMayBe() {
        application.run(
                context ->
                        assertThat(context.getBean(WechatChannel.class).fields())
                                .filteredOn(field -> !field.required())
                                .extracting(ManagedAccounts.Field::key)
                                .contains("callback-max-age"));
    }

    @Test
    void doesNotStartWithAWrongSettingAndTellsNoSecret(CapturedOutput output) {
        var wrong = new SpringApplication(WechatConfiguration.class);
        wrong.setWebApplicationType(WebApplicationType.NONE);
        wrong.addInitializers(WechatConfigurationTest::surround);
        var settings =
                new HashMap<String, Object>(Accounts.settings(Map.of("aes-key", "top-secret")));
        wrong.setDefaultProperties(settings);

        try (var context = wrong.run()) {
            throw new AssertionError("started: " + context.getId());
        } catch (BeanCreationException expected) {
            assertThat(output.getAll())
                    .contains("guanjia.channels.wechat.accounts[0]")
                    .contains("aes-key must be 43 letters and digits")
                    .doesNotContain("top-secret", "app-secret-value", Accounts.TOKEN);
        }
    }

    /** What the rest of the application brings. */
    private static void surround(ConfigurableApplicationContext context) {
        var beans = (GenericApplicationContext) context;
        beans.registerBean(SharedTokens.class, MemoryTokens::new);
        beans.registerBean(MediaStore.class, () -> id -> Mono.empty());
        beans.registerBean(Strangers.class, Channels.NoStrangers::new);
        beans.registerBean(JsonMapper.class, JsonMapper::shared);
        beans.registerBean(Clock.class, Clock::systemUTC);
    }

    private static String[] pairs(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
