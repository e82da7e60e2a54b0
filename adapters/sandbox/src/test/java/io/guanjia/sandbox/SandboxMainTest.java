package io.guanjia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.wechat.callback.Mode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

class SandboxMainTest {

    @Test
    void withoutArgumentsItIsTheDemoOnLoopback() {
        var settings = new SandboxMain(Map.of()).settings();

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8090);
        var account = settings.wechatAccounts().getFirst();
        assertThat(account.name()).isEqualTo("demo");
        assertThat(account.mode()).isEqualTo(Mode.SAFE);
        assertThat(account.callbackUrls())
                .containsExactly(URI.create("http://127.0.0.1:8080/callbacks/wechat/demo"));
    }

    @Test
    void argumentsWinOverTheEnvironment() {
        var environment =
                Map.of("GUANJIA_SANDBOX_PORT", "9001", "GUANJIA_SANDBOX_APP_ID", "wx0123");

        var settings =
                new SandboxMain(
                                environment,
                                "--port=9002",
                                "--public-address=http://sandbox.test",
                                "--mode=plain",
                                "--callback-timeout=300ms",
                                "--customer-service=false")
                        .settings();

        assertThat(settings.port()).isEqualTo(9002);
        assertThat(settings.publicAddress()).isEqualTo(URI.create("http://sandbox.test"));
        assertThat(settings.pace().timeout()).isEqualTo(Duration.ofMillis(300));
        var account = settings.wechatAccounts().getFirst();
        assertThat(account.appId()).isEqualTo("wx0123");
        assertThat(account.mode()).isEqualTo(Mode.PLAIN);
        assertThat(account.customerService()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot=1,unknown argument --prot=1",
        "--port=ninety,port must be a number",
        "--mode=open,'mode must be plain, compatible or safe'",
        "--callback-timeout=5,must look like 5s or 300ms",
        "--aes-key=short,EncodingAESKey must be 43",
        "--callback-url=ftp://x,callbackUrls must be http",
    })
    void aWrongSettingIsNamed(String argument, String words) {
        assertThatThrownBy(() -> new SandboxMain(Map.of(), argument).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
