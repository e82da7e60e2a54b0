package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.media.MediaSettings;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.util.Locale;

class OutboundSettingsTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void haveDefaultsThatWork() {
        application.run(
                context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(OutboundSettings.class).concurrencyPerApi())
                            .isEqualTo(2);
                    assertThat(context.getBean(MediaSettings.class).types())
                            .contains("image/jpeg")
                            .doesNotContain("image/svg+xml");
                });
    }

    @Test
    void nameTheKeyThatIsWrong() {
        application
                .withPropertyValues("guanjia.outbound.lease=10s")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("guanjia.outbound.lease")
                                        .hasMessageContaining("guanjia.outbound.call-timeout"));
        application
                .withPropertyValues("guanjia.media.allowed-hosts=http://127.0.0.1")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("guanjia.media.allowed-hosts"));
    }

    @Test
    void everyReasonHasWordsInBothLanguages() {
        assertThat(Reasons.words(Reasons.WINDOW, Locale.CHINESE)).contains("客户来信");
        assertThat(Reasons.words(Reasons.WINDOW, Locale.UK)).contains("customer writes");
        assertThat(Reasons.words("45002 content size out of limit", Locale.ENGLISH))
                .isEqualTo("45002 content size out of limit");
    }

    @EnableConfigurationProperties({OutboundSettings.class, MediaSettings.class})
    static class Settings {}
}
