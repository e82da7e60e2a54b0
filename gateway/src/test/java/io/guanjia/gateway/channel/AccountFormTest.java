package io.guanjia.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.gateway.channel.ManagedAccounts.Field;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class AccountFormTest {

    @Test
    void foldsAwayWhatIsWellAsItIsAndSaysWhatHolds() {
        var fields =
                AccountForm.of(Field.secret("secret", "密码"))
                        .timeout("5s")
                        .windows(
                                Map.of(
                                        Trigger.MENU,
                                        new WindowSetting(3, Duration.ofMinutes(1)),
                                        Trigger.MESSAGE,
                                        new WindowSetting(5, Duration.ofHours(48)),
                                        Trigger.ENTER,
                                        new WindowSetting(1, Duration.ofSeconds(20))),
                                Trigger.PAYMENT)
                        .pace(Map.of("send", 100.0, "ask", 0.5))
                        .fields();

        assertThat(fields)
                .extracting(Field::key, Field::advanced, Field::standard)
                .containsExactly(
                        tuple("secret", false, null),
                        tuple("timeout", true, "5s"),
                        tuple("windows.message.messages", true, "5"),
                        tuple("windows.message.lifetime", true, "48h"),
                        tuple("windows.menu.messages", true, "3"),
                        tuple("windows.menu.lifetime", true, "1m"),
                        tuple("windows.enter.messages", true, "1"),
                        tuple("windows.enter.lifetime", true, "20s"),
                        tuple("windows.payment.messages", true, null),
                        tuple("windows.payment.lifetime", true, null),
                        tuple("pace.ask", true, "0.5"),
                        tuple("pace.send", true, "100"));
        assertThat(fields)
                .filteredOn(Field::required)
                .extracting(Field::key)
                .containsExactly("secret");
    }
}
