package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ManagedAccounts;

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

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

@ExtendWith(OutputCaptureExtension.class)
class WeiboConfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(WeiboConfiguration.class))
                    .withInitializer(WeiboConfigurationTest::surround);

    @Test
    void addsTheChannelWithItsAccounts() {
        application
                .withPropertyValues(pairs(Accounts.settings(Map.of())))
                .run(
                        context -> {
                            assertThat(context.getBean(Channel.class).accounts())
                                    .singleElement()
                                    .extracting("name")
                                    .isEqualTo("demo");
                            var managed = context.getBean(WeiboChannel.class);
                            assertThat(managed.channel()).isEqualTo("weibo");
                            assertThat(managed.fields())
                                    .extracting(ManagedAccounts.Field::key)
                                    .contains("callback-max-age");
                        });
    }

    @Test
    void addsTheChannelWithoutAnyAccount() {
        application.run(context -> assertThat(context.getBean(Channel.class).accounts()).isEmpty());
    }

    @Test
    void doesNotStartWithAWrongSettingAndTellsNoSecret(CapturedOutput output) {
        var wrong = new SpringApplication(WeiboConfiguration.class);
        wrong.setWebApplicationType(WebApplicationType.NONE);
        wrong.addInitializers(WeiboConfigurationTest::surround);
        wrong.setDefaultProperties(
                new HashMap<String, Object>(Accounts.settings(Map.of("uid", "nobody"))));

        try (var context = wrong.run()) {
            throw new AssertionError("started: " + context.getId());
        } catch (BeanCreationException expected) {
            assertThat(output.getAll())
                    .contains("guanjia.channels.weibo.accounts[0]")
                    .contains("uid must be digits")
                    .doesNotContain(Accounts.SECRET, Accounts.TOKEN);
        }
    }

    /** What the rest of the application brings. */
    private static void surround(ConfigurableApplicationContext context) {
        var beans = (GenericApplicationContext) context;
        beans.registerBean(JsonMapper.class, JsonMapper::shared);
        beans.registerBean(Clock.class, Clock::systemUTC);
    }

    private static String[] pairs(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
