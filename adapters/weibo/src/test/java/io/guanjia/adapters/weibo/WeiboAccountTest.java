package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

class WeiboAccountTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | a/b | name must be letters",
                "uid | me | uid must be digits",
                "app-key | | app-key must be set: App Key",
                "app-secret | | app-secret must be set",
                "access-token | | access-token must be set",
                "api-base | m.api.weibo.com | api-base must be an address",
                "api-base | https://m.api.weibo.com/?a=b | api-base must be an address",
                "upload-base | ftp://x.example | upload-base must be an address",
                "auth-base | x | auth-base must be an address",
                "article-image | picture.jpg | article-image must be the address",
                "timeout | 0s | timeout must be a positive duration",
                "answer-within | 5s | answer-within must be a duration below 5s",
                "callback-max-age | -1s | callback-max-age must be a positive duration",
                "windows.message.messages | -1 | windows.message.messages must be at least 0",
                "windows.message.lifetime | 0s | windows.message.lifetime must be",
                "pace.messages-reply | 0 | pace.messages-reply must be",
            })
    void namesTheSettingAtFault(String key, String value, String problem) {
        var changes = new HashMap<String, String>();
        changes.put(key, value == null ? "" : value);

        assertThatThrownBy(() -> Accounts.demo(changes))
                .hasStackTraceContaining(problem)
                .satisfies(
                        error ->
                                assertThat(error)
                                        .hasMessageNotContainingAny(
                                                Accounts.SECRET, Accounts.TOKEN));
    }

    @Test
    void tellsNoSecretInALog() {
        assertThat(Accounts.demo(Map.of()).toString())
                .contains("demo", Accounts.UID)
                .doesNotContain(Accounts.SECRET, Accounts.TOKEN);
    }

    @Test
    void changesTheWindowsOnlyWhereItIsTold() {
        var account =
                Accounts.demo(
                                Map.of(
                                        "windows.mention.messages", "0",
                                        "windows.mention.lifetime", "48h",
                                        "windows.menu.messages", "3",
                                        "windows.menu.lifetime", "1m"))
                        .described();

        assertThat(account.window(Trigger.MENTION)).isEmpty();
        assertThat(account.window(Trigger.MENU))
                .contains(new WindowRule(Trigger.MENU, 3, Duration.ofMinutes(1)));
        assertThat(account.window(Trigger.MESSAGE)).isPresent();
    }

    @Test
    void sendsTheTokenToNobodyButThePlatformOrItsStandIn() {
        var real = Accounts.demo(Map.of());
        assertThat(real.uploads()).isEqualTo(URI.create("https://upload.api.weibo.com"));
        assertThat(real.authorisation()).isEqualTo(URI.create("https://api.weibo.com"));

        var standIn = Accounts.demo(Map.of("api-base", "http://127.0.0.1:8090/weibo"));
        assertThat(standIn.uploads()).isEqualTo(standIn.apiBase());
        assertThat(standIn.authorisation()).isEqualTo(standIn.apiBase());

        var proxied =
                Accounts.demo(
                        Map.of(
                                "api-base", "http://proxy.example/m",
                                "upload-base", "http://proxy.example/upload",
                                "auth-base", "http://proxy.example/auth"));
        assertThat(proxied.uploads()).hasPath("/upload");
        assertThat(proxied.authorisation()).hasPath("/auth");
    }

    @Test
    void wantsDifferentNames() {
        var two = new HashMap<>(Accounts.settings(Map.of()));
        Accounts.settings(Map.of())
                .forEach((key, value) -> two.put(key.replace("[0]", "[1]"), value));

        assertThatThrownBy(() -> Accounts.bind(two))
                .hasStackTraceContaining("guanjia.channels.weibo.accounts[1].name is taken");
    }
}
