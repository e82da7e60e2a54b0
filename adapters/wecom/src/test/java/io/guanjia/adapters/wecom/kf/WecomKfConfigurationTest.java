package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedTokens;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import java.time.Clock;
import java.util.Map;

class WecomKfConfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(WecomKfConfiguration.class))
                    .withInitializer(WecomKfConfigurationTest::surround);

    @Test
    void addsTheChannelWithItsAccounts() {
        application
                .withPropertyValues(
                        pairs(
                                Accounts.settings(
                                        // Nobody answers there.
                                        Map.of("api-base", "http://127.0.0.1:1"))))
                .run(
                        context -> {
                            assertThat(context.getBean(Channel.class).accounts())
                                    .singleElement()
                                    .satisfies(
                                            account ->
                                                    assertThat(account.name()).isEqualTo("demo"));
                            assertThat(context.getBean(ManagedAccounts.class).channel())
                                    .isEqualTo("wecom-kf");
                            assertThat(context.getBean(KfSync.class).isRunning()).isTrue();
                        });
    }

    @Test
    void addsTheChannelWithoutAnyAccount() {
        application.run(context -> assertThat(context.getBean(Channel.class).accounts()).isEmpty());
    }

    @Test
    void namesEverySettingThatIsWrongAndNoSecret() {
        assertThatThrownBy(
                        () ->
                                Accounts.demo(
                                        Map.of(
                                                "aes-key",
                                                "top-secret",
                                                "open-kfid",
                                                "",
                                                "sync-every",
                                                "0s")))
                .rootCause()
                .hasMessageContaining("aes-key must be 43 letters and digits")
                .hasMessageContaining("open-kfid must be set")
                .hasMessageContaining("sync-every must be a positive duration")
                .hasMessageNotContaining("top-secret")
                .hasMessageNotContaining(Accounts.SECRET);
    }

    @Test
    void namesAServicerOnlyWhereServicersServe() {
        assertThatThrownBy(() -> Accounts.demo(Map.of("servicer-userid", "lisi")))
                .rootCause()
                .hasMessageContaining("servicer-userid must be empty unless person is servicers");
    }

    @Test
    void letsTheSettingsOverrideTheWindows() {
        var account =
                Accounts.demo(
                        Map.of(
                                "windows.message.messages",
                                "20",
                                "windows.message.lifetime",
                                "48h"));

        assertThat(account.described().windows())
                .anySatisfy(rule -> assertThat(rule.messages()).isEqualTo(20));
    }

    /** What the rest of the application brings. */
    private static void surround(ConfigurableApplicationContext context) {
        var beans = (GenericApplicationContext) context;
        beans.registerBean(SharedTokens.class, MemoryTokens::new);
        beans.registerBean(MediaStore.class, SampleFiles::new);
        beans.registerBean(Cursors.class, () -> new Kit.MemoryCursors(Clock.systemUTC()));
        beans.registerBean(Intake.class, Kit.Journal::new);
        beans.registerBean(OneTimeCodes.class, Kit.MemoryCodes::new);
        beans.registerBean(Clock.class, Clock::systemUTC);
    }

    private static String[] pairs(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
