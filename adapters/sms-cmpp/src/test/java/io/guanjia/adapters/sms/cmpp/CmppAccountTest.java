package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Content;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

class CmppAccountTest {

    @Test
    void hasTheRulesOfTheProtocolWithoutBeingTold() {
        var account = Accounts.main(Map.of());

        assertThat(account.timing().window()).isEqualTo(16);
        assertThat(account.timing().answerWithin()).isEqualTo(Duration.ofSeconds(60));
        assertThat(account.timing().tests()).isEqualTo(3);
        assertThat(account.timing().idle()).isEqualTo(Duration.ofSeconds(180));
        assertThat(account.connections()).isEqualTo(1);
    }

    @Test
    void saysWhatAnSmsCanCarry() {
        var described = Accounts.main(Map.of("rate", "250")).described();

        assertThat(described.pace()).containsExactly(Map.entry("submit", 250.0));
        assertThat(described.windows()).isEmpty();
        assertThat(described.canPush()).isTrue();
        assertThat(described.capabilities().text())
                .isEqualTo(
                        new TextLimit(
                                500,
                                TextLimit.Unit.CHARACTERS,
                                new TextLimit.Parts(
                                        70, 67, 0, new TextLimit.Narrow(140, 134, 0, false))));
        assertThat(described.capabilities().initiative()).isEqualTo(Initiative.CONSENT);
        assertThat(described.capabilities().reports())
                .containsExactlyInAnyOrder(Report.SENT, Report.DELIVERED, Report.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, '', 您, 134, 2",
        "8, 16, '', 您, 132, 2",
        "8, 16, '', 您, 133, 3",
        "8, 8, '', a, 140, 1",
        "8, 8, '', a, 268, 2",
        "8, 16, '', a, 267, 3",
        "8, 8, 小管家银行, 您, 63, 1",
        "8, 8, 小管家银行, a, 64, 2",
        "15, 8, 小管家银行, a, 126, 1",
        "15, 16, '', 您, 463, 8",
        "15, 8, '', 😀, 36, 2",
    })
    void countsThePartsThatItSubmits(
            String fmt, String bits, String sign, String character, int times, int parts) {
        var account =
                Accounts.main(Map.of("msg-fmt", fmt, "reference-bits", bits, "sign-name", sign));
        var text = character.repeat(times);

        assertThat(counted(account, text)).isEqualTo(parts);
        assertThat(submitted(account, text)).isEqualTo(parts);
    }

    /** Whatever people write, and however it falls over the parts. */
    @ParameterizedTest
    @CsvSource({
        "8, 8, ''", "8, 16, ''", "15, 8, ''", "15, 16, ''",
        "8, 8, 小管家", "8, 16, 小管家", "15, 8, 小管家ICBC", "15, 16, 😀",
    })
    void showsWhatItCosts(String fmt, String bits, String sign) {
        var account =
                Accounts.main(Map.of("msg-fmt", fmt, "reference-bits", bits, "sign-name", sign));
        var random = new Random(20260302);
        var alphabets = List.of("abc1234 .", "您的账单a1，。“”…—·", "您好，😀b");

        for (var i = 0; i < 2000; i++) {
            var characters = alphabets.get(i % 3).codePoints().toArray();
            var text = new StringBuilder();
            for (var left = 1 + random.nextInt(450); left > 0; left--) {
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            assertThat(counted(account, text.toString()))
                    .as(text.toString())
                    .isEqualTo(submitted(account, text.toString()));
        }
    }

    private static int counted(CmppAccount account, String text) {
        var parts = account.described().capabilities().text().parts();
        return Objects.requireNonNull(parts).of(text);
    }

    private static int submitted(CmppAccount account, String text) {
        return account.segments().of(account.signature() + text, 1).size();
    }

    @Test
    void aLongMessageTakesOfTheRateWhatItSubmits() {
        try (var bank = Bank.open(Map.of("sign-name", "小管家银行"))) {
            assertThat(bank.channel.calls("main", new Content.Text("您".repeat(63)))).isEqualTo(1);
            assertThat(bank.channel.calls("main", new Content.Text("您".repeat(463)))).isEqualTo(8);
        }
    }

    @Test
    void aSignatureTakesFromTheLongestText() {
        var text = Accounts.main(Map.of("sign-name", "小管家银行")).described().capabilities().text();

        assertThat(text.most()).isEqualTo(493);
    }

    @Test
    void isReachedAtAnAddressOrAHostAndAPort() {
        var byHost = Accounts.main(Map.of("api-base", "", "host", "10.0.0.1", "port", "7891"));
        var byAddress = Accounts.main(Map.of("api-base", "cmpp://10.0.0.1:7891"));

        assertThat(byHost.address() + ':' + byHost.port()).isEqualTo("10.0.0.1:7891");
        assertThat(byAddress.address() + ':' + byAddress.port()).isEqualTo("10.0.0.1:7891");
        assertThat(Accounts.main(Map.of("api-base", "cmpp://10.0.0.1")).port()).isEqualTo(7890);
    }

    @ParameterizedTest
    @CsvSource({
        "name, '', name must be",
        "api-base, '', host must be set",
        "api-base, http://10.0.0.1, api-base must be an address",
        "source-addr, '', source-addr must be set",
        "source-addr, 1234567, source-addr must be set",
        "secret, '', secret must be set",
        "version, 4.0, version must be 2.0 or 3.0",
        "src-id, 10690x, src-id must be set",
        "sign-name, 【小管家】, sign-name must be up to 30 characters",
        "service-id, TOOLONGFORIT, service-id must be up to 10",
        "window, 0, window must be 1 to 1024",
        "connections, 0, connections must be 1 to 64",
        "rate, 0, rate must be submits a second",
        "msg-fmt, 4, msg-fmt must be 8",
        "reference-bits, 7, reference-bits must be 8 or 16",
        "fee-user-type, 3, fee-user-type must be 0 to 2",
        "fee-type, 012, fee-type must be up to 2 characters",
        "fee-code, 1234567, fee-code must be up to 6 characters",
        "response-timeout, 0s, response-timeout must be a positive duration such as 60s",
        "assemble-within, 0s, assemble-within must be a positive duration such as 90s",
        "assemble-within, 60s, assemble-within must be longer than response-timeout",
        "response-timeout, 2m, assemble-within must be longer than response-timeout",
    })
    void namesTheSettingThatIsWrongAndWhatItShouldLookLike(String key, String value, String words) {
        var settings = Accounts.settings(Map.of(key, value));

        assertThatThrownBy(() -> Accounts.bind(settings))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("guanjia.channels.sms-cmpp.accounts[0]")
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void takesFromTheConsoleWhatTheCarrierAgreedTo() {
        try (var bank = Bank.open(Map.of())) {
            assertThat(bank.channel.fields())
                    .extracting(ManagedAccounts.Field::key)
                    .contains(
                            "sign-name",
                            "reference-bits",
                            "fee-user-type",
                            "fee-type",
                            "fee-code",
                            "check-authenticator");
        }
    }

    @Test
    void showsNoSecret() {
        assertThat(Accounts.main(Map.of()).toString())
                .contains("main")
                .doesNotContain(Accounts.SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "8613900001111, +8613900001111, 13900001111",
        "+8613900001111, +8613900001111, 13900001111",
        "008613900001111, +8613900001111, 13900001111",
        "13900001111, +8613900001111, 13900001111",
        "0085291234567, +85291234567, 85291234567",
        "10086, 10086, 10086",
    })
    void knowsAPhoneByOneNumberWhateverItsPrefix(String terminal, String party, String dialled) {
        assertThat(PhoneNumbers.party(terminal)).isEqualTo(party);
        assertThat(PhoneNumbers.party(party)).isEqualTo(party);
        assertThat(PhoneNumbers.toDial(party)).isEqualTo(dialled);
        assertThat(PhoneNumbers.toDial("oABCD_wechat")).isNull();
    }
}
