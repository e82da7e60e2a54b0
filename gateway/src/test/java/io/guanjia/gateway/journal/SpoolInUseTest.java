package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import java.io.IOException;
import java.nio.file.Path;

@ExtendWith(OutputCaptureExtension.class)
class SpoolInUseTest {

    @Configuration(proxyBeanMethods = false)
    static class Node {
        @Bean(destroyMethod = "close")
        Spool spool(Environment settings) throws IOException {
            return Spool.open(
                    Path.of(settings.getRequiredProperty("guanjia.journal.spool")), 1 << 20);
        }
    }

    @Test
    void aSecondNodeOnOneFolderIsToldWhichSettingToChange(
            @TempDir Path folder, CapturedOutput output) {
        try (var first = node(folder).run()) {
            assertThat(first.isActive()).isTrue();
            assertThatThrownBy(() -> node(folder).run()).hasRootCauseInstanceOf(SpoolInUse.class);
        }

        assertThat(output)
                .contains("The setting guanjia.journal.spool names " + folder.toAbsolutePath())
                .contains("Give each node a folder of its own")
                .doesNotContain("\tat ");
    }

    private static SpringApplicationBuilder node(Path folder) {
        return new SpringApplicationBuilder(Node.class)
                .web(WebApplicationType.NONE)
                .properties("guanjia.journal.spool=" + folder);
    }
}
