package io.guanjia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.callback.Mode;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class DemoSettingsTest {

    private static final String DEMO =
            """
            guanjia:
              channels:
                wechat:
                  accounts:
                    - name: demo
                      app-id: wx0123456789abcdef
                      secret: 0123456789abcdef0123456789abcdef
                      token: demo-token
                      aes-key: abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456
                      mode: safe
                      api-base: ${guanjia.launcher.sandbox}/wechat
                    - name: real
                      app-id: wxfedcba9876543210
                      secret: fedcba9876543210fedcba9876543210
                      token: real-token
                      api-base: https://api.weixin.qq.com
            """;

    @TempDir Path folder;

    @Test
    void theSandboxKnowsTheAccountsThatCallIt() throws IOException {
        var settings = DemoSettings.read(demo(), "--guanjia.launcher.sandbox-port=9090");

        assertThat(settings.sandboxAccounts())
                .singleElement()
                .satisfies(
                        account -> {
                            assertThat(account.appId()).isEqualTo("wx0123456789abcdef");
                            assertThat(account.callbackUrls())
                                    .containsExactly(
                                            URI.create(
                                                    "http://127.0.0.1:8080/callbacks/wechat/demo"));
                        });
    }

    @Test
    void whatTheUserSetsWinsOverTheDemoAndThatOverTheDefaults() throws IOException {
        var gateway =
                new Gateway(
                        DemoSettings.read(demo())
                                .forGateway(Map.of("spring.data.redis.port", "26372")));
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(
                        new MapPropertySource(
                                "Config resource 'class path resource [application.yaml]'",
                                Map.of("spring.data.redis.port", 6379, "server.port", 8080)));
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "user",
                                Map.of("guanjia.channels.wechat.accounts[0].name", "ours")));

        new LowestSettings().postProcessEnvironment(environment, gateway);

        assertThat(environment.getProperty("guanjia.channels.wechat.accounts[0].name"))
                .isEqualTo("ours");
        assertThat(environment.getProperty("spring.data.redis.port")).isEqualTo("26372");
        assertThat(environment.getProperty("server.port")).isEqualTo("8080");
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void aWrongPortIsNamed() throws IOException {
        var file = demo();

        assertThatThrownBy(() -> DemoSettings.read(file, "--server.port=eighty").gatewayPort())
                .isInstanceOf(LauncherException.class)
                .extracting(failure -> ((LauncherException) failure).values()[0])
                .isEqualTo("server.port=eighty");
    }

    @Test
    void theCarrierNeedsAPortOnlyWhereAnAccountHasALineToIt() throws IOException {
        var line = "--guanjia.channels.sms-cmpp.accounts[0].";
        var file = demo();

        assertThat(DemoSettings.read(file).carrierPort()).isEmpty();
        assertThat(
                        DemoSettings.read(
                                        file,
                                        line + "name=demo",
                                        line + "api-base=cmpp://127.0.0.1:7990",
                                        "--guanjia.launcher.cmpp-port=7990")
                                .carrierPort())
                .hasValue(7990);
    }

    @Test
    void withoutTheDemoFileTheUserLearnsWhereToRunMaven() {
        assertThatThrownBy(() -> DemoSettings.read(folder.resolve("config/demo.yaml")))
                .isInstanceOf(LauncherException.class)
                .hasMessage("no-demo");
    }

    @ParameterizedTest
    @CsvSource({
        "aes-key, abc, bad-aes-key, 43 letters and digits",
        "aes-key, '', bad-aes-key, 43 letters and digits",
        "mode, sfe, bad-mode, 'plain, compatible or safe'",
        "name, de/mo, bad-account-name, letters",
        "secret, '', missing-setting, not set",
    })
    void aWrongSettingOfAnAccountInTheSandboxIsNamedAndWhatItShouldLookLike(
            String setting, String value, String sentence, String words) throws IOException {
        var key = "guanjia.channels.wechat.accounts[0]." + setting;
        var file =
                Files.writeString(
                        folder.resolve("wrong.yaml"),
                        DEMO.replaceFirst(setting + ": .*", setting + ": '" + value + "'"));
        var settings = DemoSettings.read(file);

        assertThatThrownBy(settings::sandboxAccounts)
                .isInstanceOfSatisfying(
                        LauncherException.class,
                        failure -> {
                            assertThat(failure.key()).isEqualTo(sentence);
                            assertThat(Words.inAll(failure.key(), failure.values()))
                                    .allSatisfy(said -> assertThat(said).contains(key))
                                    .last(InstanceOfAssertFactories.STRING)
                                    .contains(words);
                        });
    }

    @Test
    void onlyPlainModeDoesWithoutAnAesKey() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("plain.yaml"),
                        DEMO.replaceFirst("aes-key: .*", "").replace("mode: safe", "mode: Plain"));

        assertThat(DemoSettings.read(file).sandboxAccounts())
                .singleElement()
                .extracting(AccountSettings::mode)
                .isEqualTo(Mode.PLAIN);
    }

    private Path demo() throws IOException {
        return Files.writeString(folder.resolve("demo.yaml"), DEMO);
    }
}
