package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.sandbox.cmpp.CarrierSettings;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Clock;
import java.util.Map;

class CmppConfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(CmppConfiguration.class))
                    .withBean(Intake.class, MemoryIntake::new)
                    .withBean(Clock.class, Clock::systemUTC)
                    .withBean(DatabaseClient.class, () -> PartDatabase.SHARED.client)
                    .withBean(TransactionalOperator.class, () -> PartDatabase.SHARED.transactions);

    @Test
    void addsTheChannelEvenWithoutAccounts() {
        application.run(
                context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Channel.class).name()).isEqualTo("sms-cmpp");
                    assertThat(context.getBean(ManagedAccounts.class).fromSettings()).isEmpty();
                });
    }

    @Test
    void holdsItsLinesForAsLongAsTheApplicationRuns() {
        try (var bank = Bank.open(CarrierSettings.named("main"), Map.of())) {
            bank.awaitLines(1);
            bank.channel.close();
            bank.awaitLinesGone();
            var settings =
                    Accounts.settings(
                            Map.of(
                                    "api-base", bank.platform.address().toString(),
                                    "secret", bank.carrier.settings().secret()));
            application
                    .withPropertyValues(
                            settings.entrySet().stream()
                                    .map(one -> one.getKey() + '=' + one.getValue())
                                    .toArray(String[]::new))
                    .run(context -> Bank.await(() -> bank.lines() == 1));

            bank.awaitLinesGone();
        }
    }

    @Test
    void namesTheSettingThatIsWrong() {
        application
                .withPropertyValues("guanjia.channels.sms-cmpp.accounts[0].name=main")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("source-addr must be set"));
    }
}
