package io.guanjia.adapters.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Strangers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class MiniProgramSettingsTest {

    @Test
    void followsTheSettingsWhereThePlatformHasChangedItsRules() {
        var changes = Map.of("windows.enter.messages", "3", "windows.enter.lifetime", "2m");

        assertThat(demo(changes).described().windows())
                .containsExactlyInAnyOrder(
                        new WindowRule(Trigger.MESSAGE, 5, Duration.ofHours(48)),
                        new WindowRule(Trigger.ENTER, 3, Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "name, shop/1, name must be",
        "app-id, '', app-id must be set",
        "secret, '', secret must be set",
        "token, '', token must be set",
        "aes-key, tooShort, aes-key must be 43 letters and digits",
        "api-base, nonsense, api-base must be an address",
        "timeout, 0s, timeout must be a positive duration",
        "callback-max-age, -1m, callback-max-age must be",
        "pace.custom-send, 0, pace.custom-send must be",
    })
    void namesTheSettingThatIsWrongAndWhatItShouldLookLike(String key, String value, String words) {
        var settings = Shop.settings(Map.of(key, value));

        assertThatThrownBy(() -> Shop.bind(settings))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining(words);
    }

    @Test
    void refusesTwoAccountsOfOneName() {
        var settings = new HashMap<>(Shop.settings(Map.of()));
        Shop.settings(Map.of())
                .forEach((key, value) -> settings.put(key.replace("[0]", "[1]"), value));

        assertThatThrownBy(() -> Shop.bind(settings))
                .rootCause()
                .hasMessageContaining("guanjia.channels.miniprogram.accounts[1].name");
    }

    @Test
    void showsNoSecret() {
        assertThat(demo(Map.of()).toString())
                .contains("shop")
                .doesNotContain(Shop.SECRET, Shop.TOKEN, Shop.AES_KEY);
    }

    @Test
    void exchangesItsAccountsWhileItWorks() {
        var channel = Shop.channel(Map.of());

        channel.replaceAccounts(List.of(demo(Map.of("name", "other"))));

        assertThat(channel.accounts())
                .extracting(account -> account.name())
                .containsExactly("other");
        assertThat(channel.fromSettings()).containsExactly(demo(Map.of()));
        channel.close();
    }

    @Test
    void asksAnAdministratorForWhatAnAccountCannotDoWithout() {
        var channel = Shop.channel(Map.of());

        assertThat(channel.fields())
                .filteredOn(ManagedAccounts.Field::required)
                .extracting(ManagedAccounts.Field::key)
                .containsExactly("name", "app-id", "secret", "token");
        channel.close();
    }

    @Test
    void takesFromTheConsoleHowOldACallbackMayBe() {
        var channel = Shop.channel(Map.of());

        assertThat(channel.fields())
                .filteredOn(field -> !field.required())
                .extracting(ManagedAccounts.Field::key)
                .contains("callback-max-age");
        channel.close();
    }

    @Test
    void isAddedToAnApplicationThatHasItOnItsPath() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MiniProgramConfiguration.class))
                .withInitializer(
                        context -> {
                            var beans = (GenericApplicationContext) context;
                            beans.registerBean(SharedTokens.class, MemoryTokens::new);
                            beans.registerBean(MediaStore.class, SampleFiles::new);
                            beans.registerBean(Strangers.class, Shop.NoStrangers::new);
                            beans.registerBean(JsonMapper.class, JsonMapper::shared);
                            beans.registerBean(Clock.class, Clock::systemUTC);
                        })
                .run(
                        context ->
                                assertThat(context.getBean(Channel.class).name())
                                        .isEqualTo("miniprogram"));
    }

    private static MiniProgramAccount demo(Map<String, String> changes) {
        return Shop.bind(Shop.settings(changes)).accounts().getFirst();
    }
}
