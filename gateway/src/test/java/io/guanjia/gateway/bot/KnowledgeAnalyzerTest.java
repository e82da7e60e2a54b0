package io.guanjia.gateway.bot;

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
import java.nio.file.Files;
import java.nio.file.Path;

@ExtendWith(OutputCaptureExtension.class)
class KnowledgeAnalyzerTest {

    private static final String BILL = "# 账单\n## 怎么查账单 {#bill}\n- 账单在哪\n在这里。\n";

    @Configuration(proxyBeanMethods = false)
    static class Node {
        @Bean
        Knowledge knowledge(Environment settings) {
            return new KnowledgeFolder(
                            Path.of(settings.getRequiredProperty("guanjia.bot.knowledge")))
                    .read();
        }
    }

    @Test
    void anEditorIsToldWhichLineKeepsTheGatewayFromStarting(
            @TempDir Path folder, CapturedOutput output) throws IOException {
        Files.writeString(folder.resolve("bill.md"), BILL);
        Files.writeString(folder.resolve("copy.md"), BILL);

        assertThatThrownBy(() -> node(folder).run())
                .hasRootCauseInstanceOf(KnowledgeException.class);

        assertThat(output)
                .contains("copy.md:2: the id bill is taken by bill.md:2")
                .contains("name another folder in guanjia.bot.knowledge")
                .doesNotContain("\tat ");
    }

    private static SpringApplicationBuilder node(Path folder) {
        return new SpringApplicationBuilder(Node.class)
                .web(WebApplicationType.NONE)
                .properties("guanjia.bot.knowledge=" + folder);
    }
}
