package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

class BotConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withBean(Clock.class, Clock::systemUTC)
                    .withUserConfiguration(BotConfiguration.class);

    @Test
    void startsWithTheShippedKnowledgeAndIsReadySoon() {
        runner.withPropertyValues(
                        "guanjia.bot.knowledge=" + Samples.KNOWLEDGE,
                        "guanjia.bot.vectors=target/bot.vectors")
                .run(
                        context -> {
                            assertThat(context).hasSingleBean(Bot.class);
                            var health = context.getBean(HealthIndicator.class);
                            await().atMost(Duration.ofSeconds(60))
                                    .untilAsserted(
                                            () -> assertThat(status(health)).isEqualTo(Status.UP));
                        });
    }

    @Test
    void refusesToStartWithBrokenKnowledge(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("broken.md"), "# 主题\n## 没有编号\n- 问\n答。\n");

        runner.withPropertyValues("guanjia.bot.knowledge=" + folder)
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining(
                                                "broken.md:2: the question has no id"));
    }

    @Test
    void refusesToStartWithASettingOutOfRange() {
        runner.withPropertyValues("guanjia.bot.sure=94")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("guanjia.bot")
                                        .hasMessageContaining("sure"));
    }

    private static Status status(HealthIndicator indicator) {
        var health = indicator.health();
        return health == null ? Status.UNKNOWN : health.getStatus();
    }
}
