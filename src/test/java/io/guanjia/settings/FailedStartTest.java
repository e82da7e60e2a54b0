package io.guanjia.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.conversation.ConversationSettings;
import io.guanjia.gateway.journal.JournalSettings;
import io.guanjia.gateway.media.MediaSettings;
import io.guanjia.gateway.outbound.OutboundSettings;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.stream.Stream;

/** A wrong setting ends the start with a sentence that names it and keeps its value to itself. */
@ExtendWith(OutputCaptureExtension.class)
final class FailedStartTest {

    private static final String DATABASE = "spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:5432/x";

    @Validated
    @NullUnmarked
    @ConfigurationProperties("guanjia.sample")
    record Sample(
            @NotBlank(message = "a name such as main") String name,
            @Size(min = 43, max = 43, message = "43 letters and digits") String aesKey,
            @DefaultValue("5s") Duration timeout) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Sample.class)
    static class Settings {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        ConversationSettings.class,
        JournalSettings.class,
        MediaSettings.class,
        OutboundSettings.class
    })
    static class GatewaySettings {}

    @Test
    void namesTheMissingDatabase(CapturedOutput output) {
        fail();

        assertThat(output)
                .contains("The setting spring.r2dbc.url is missing.")
                .contains("r2dbc:postgresql://127.0.0.1:5432/guanjia")
                .contains("SPRING_R2DBC_URL")
                .doesNotContain("\tat ");
    }

    @Test
    void namesADatabaseThatIsNone(CapturedOutput output) {
        fail("spring.r2dbc.url=jdbc:mysql://x");

        assertThat(output).contains("The setting spring.r2dbc.url is not the address");
    }

    @Test
    void namesTheMissingKey(CapturedOutput output) {
        fail(DATABASE, "guanjia.sample.timeout=3s");

        assertThat(output)
                .contains("The setting guanjia.sample.name is missing.")
                .contains("a name such as main")
                .doesNotContain("\tat ");
    }

    @Test
    void neverShowsTheMalformedValue(CapturedOutput output) {
        fail(DATABASE, "guanjia.sample.name=main", "guanjia.sample.aes-key=half-a-secret");

        assertThat(output)
                .contains("The setting guanjia.sample.aes-key is malformed.")
                .contains("43 letters and digits")
                .doesNotContain("half-a-secret");
    }

    @Test
    void saysWhatAValueLooksLike(CapturedOutput output) {
        fail(DATABASE, "guanjia.sample.name=main", "guanjia.sample.timeout=soon");

        assertThat(output)
                .contains("The setting guanjia.sample.timeout cannot be read.")
                .contains("a length of time such as 5s or 2m");
    }

    @ParameterizedTest
    @CsvSource({
        "guanjia.conversation.bot-timeout, 0s",
        "guanjia.conversation.bot-answer-life, -1h",
        "guanjia.conversation.person-answer-life, 0s",
        "guanjia.journal.spool-limit, -1GB",
        "guanjia.media.limit, 0B",
        "guanjia.media.link-life, 0s",
        "guanjia.media.fetch-timeout, -3s",
        "guanjia.outbound.keep-receipts, 0s",
        "guanjia.outbound.passive-slack, -5s",
        "guanjia.outbound.retry-life, 0s"
    })
    void takesNoLengthThatIsNone(String key, String value, CapturedOutput output) {
        fail(GatewaySettings.class, DATABASE, key + "=" + value);

        assertThat(output).contains(key).contains("such as ").doesNotContain("\tat ");
    }

    private static void fail(String... settings) {
        fail(Settings.class, settings);
    }

    private static void fail(Class<?> application, String... settings) {
        var arguments = Stream.of(settings).map(each -> "--" + each).toArray(String[]::new);
        assertThatThrownBy(
                        () ->
                                new SpringApplicationBuilder(application)
                                        .web(WebApplicationType.NONE)
                                        .run(arguments))
                .isNotNull();
    }
}
