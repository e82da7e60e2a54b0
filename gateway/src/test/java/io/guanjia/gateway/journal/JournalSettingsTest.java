package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class JournalSettingsTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void haveDefaultsThatWork() {
        application.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1500ms", "2s", "-1ms"})
    void leaveTheBrokerTimeToConfirm(String linger) {
        application
                .withPropertyValues("guanjia.journal.linger=" + linger)
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("guanjia.journal.linger must")
                                        .hasMessageContaining("such as 2ms"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "4s", "1m"})
    void answerBeforeThePlatformGivesUp(String timeout) {
        application
                .withPropertyValues("guanjia.journal.timeout=" + timeout)
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("guanjia.journal.timeout must")
                                        .hasMessageContaining("such as 1500ms"));
    }

    @EnableConfigurationProperties(JournalSettings.class)
    static class Settings {}
}
