package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.callback.Mode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

import java.time.Duration;
import java.util.Map;

class WechatAccountTest {

    @Test
    void knowsThePlatformsRulesWithoutBeingTold() {
        var account = Accounts.demo(Map.of()).described();

        assertThat(account.name()).isEqualTo("demo");
        assertThat(account.canPush()).isTrue();
        assertThat(account.capabilities().text()).isEqualTo(TextLimit.bytes(2048));
        assertThat(account.windows())
                .containsExactlyInAnyOrder(
                        new WindowRule(Trigger.MESSAGE, 5, Duration.ofHours(48)),
                        new WindowRule(Trigger.MENU, 3, Duration.ofMinutes(1)),
                        new WindowRule(Trigger.FOLLOW, 3, Duration.ofMinutes(1)),
                        new WindowRule(Trigger.SCAN, 3, Duration.ofMinutes(1)));
        assertThat(account.passive()).isNotNull();
    }

    @Test
    void followsTheSettingsWhereThePlatformHasChangedItsRules() {
        var account =
                Accounts.demo(
                                Map.of(
                                        "windows.message.messages", "20",
                                        "windows.message.lifetime", "24h",
                                        "windows.scan.messages", "0",
                                        "windows.scan.lifetime", "1m",
                                        "windows.menu.messages", "4",
                                        "pace.custom-send", "7.5",
                                        "customer-service-messages", "false"))
                        .described();

        assertThat(account.window(Trigger.MESSAGE))
                .contains(new WindowRule(Trigger.MESSAGE, 20, Duration.ofHours(24)));
        assertThat(account.window(Trigger.SCAN)).isEmpty();
        assertThat(account.window(Trigger.MENU))
                .as("what is not said stays")
                .contains(new WindowRule(Trigger.MENU, 4, Duration.ofMinutes(1)));
        assertThat(account.pace()).containsEntry("custom-send", 7.5).containsKey("template-send");
        assertThat(account.canPush()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "name, demo/1, name must be",
        "name, '', name must be",
        "app-id, '', app-id must be set",
        "secret, '', secret must be set",
        "token, '', token must be set",
        "aes-key, tooShort, aes-key must be 43 letters and digits",
        "api-base, ftp://example.com, api-base must be an address",
        "api-base, nonsense, api-base must be an address",
        "timeout, 0s, timeout must be a positive duration",
        "answer-within, 5s, answer-within must be a duration below 5s",
        "callback-max-age, -1m, callback-max-age must be",
        "pace.custom-send, 0, pace.custom-send must be",
        "windows.payment.messages, 20, windows.payment.lifetime must be",
    })
    void namesTheSettingThatIsWrongAndWhatItShouldLookLike(String key, String value, String words) {
        var settings = Accounts.settings(Map.of(key, value));

        assertThatThrownBy(() -> Accounts.bind(settings))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("guanjia.channels.wechat.accounts[0]")
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(words);
    }

    @Test
    void wantsAnAesKeyForSafeModeOnly() {
        assertThat(Accounts.demo(Map.of("aes-key", "", "mode", "plain")).aesKey()).isNull();
        assertThat(Accounts.demo(Map.of("aes-key", "", "mode", "")).aesKey()).isNull();
        assertThatThrownBy(() -> Accounts.demo(Map.of("aes-key", "", "mode", "safe")))
                .rootCause()
                .hasMessageContaining("aes-key must be set when mode is safe");
    }

    @Test
    void takesPlainCallbacksOnlyWhereItIsToldToOrCannotDecrypt() {
        assertThat(Accounts.demo(Map.of("mode", "")).mode()).isEqualTo(Mode.SAFE);
        assertThat(Accounts.demo(Map.of("mode", "", "aes-key", "")).mode()).isEqualTo(Mode.PLAIN);
    }

    @Test
    void refusesTwoAccountsOfOneName() {
        var settings = Accounts.settings(Map.of());
        Accounts.settings(Map.of())
                .forEach((key, value) -> settings.put(key.replace("[0]", "[1]"), value));

        assertThatThrownBy(() -> Accounts.bind(settings))
                .rootCause()
                .hasMessageContaining("guanjia.channels.wechat.accounts[1].name");
    }

    @Test
    void showsNoSecret() {
        assertThat(Accounts.demo(Map.of()).toString())
                .contains("demo")
                .doesNotContain("app-secret-value", Accounts.TOKEN, Accounts.AES_KEY);
    }
}
