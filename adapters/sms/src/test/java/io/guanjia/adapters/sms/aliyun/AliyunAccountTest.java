package io.guanjia.adapters.sms.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.adapters.sms.Accounts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class AliyunAccountTest {

    @Test
    void knowsWhatIsUsual() {
        var account = Samples.account(Map.of()).described();

        assertThat(account.canPush()).isTrue();
        assertThat(account.passive()).isNull();
        assertThat(account.windows()).isEmpty();
        assertThat(account.pace()).containsOnlyKeys("send-text", "send-template");
        assertThat(account.capabilities().text().most()).isEqualTo(493);
    }

    @Test
    void followsTheSettings() {
        var account =
                Samples.account(Map.of("pace.send-text", "7.5", "text-limit", "100")).described();

        assertThat(account.pace()).containsEntry("send-text", 7.5).containsKey("send-template");
        assertThat(account.capabilities().text().most()).isEqualTo(93);
    }

    @ParameterizedTest
    @CsvSource({
        "name, demo/1, name must be",
        "access-key-id, '', access-key-id must be set",
        "access-key-secret, '', access-key-secret must be set",
        "sign-name, '', sign-name must be set",
        "callback-key, '', callback-key must be set",
        "callback-key, short, callback-key must be 16 or more",
        "callback-key, with a space and more, callback-key must be 16 or more",
        "callback-from, nowhere, callback-from must be",
        "api-base, nonsense, api-base must be an address",
        "text-limit, 501, text-limit must be 20 to 500",
        "timeout, 0s, timeout must be a positive duration",
        "pace.send-text, 0, pace.send-text must be",
    })
    void namesTheSettingThatIsWrongAndWhatItShouldLookLike(String key, String value, String words) {
        assertThatThrownBy(() -> Samples.account(Map.of(key, value)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(words);
    }

    @Test
    void showsNoSecret() {
        assertThat(Samples.account(Map.of()).toString())
                .contains("main")
                .doesNotContain(Samples.SECRET, Accounts.KEY);
    }
}
