package io.guanjia.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class MavenArgumentsTest {

    @Test
    void settingsGivenToMavenCount() {
        assertThat(
                        MavenArguments.settings(
                                List.of(
                                        "-classpath",
                                        "x.jar",
                                        "-Dserver.port=8081",
                                        "-D",
                                        "guanjia.launcher.data=/tmp/a=b",
                                        "--define",
                                        "spring.main.lazy-initialization")))
                .containsOnlyKeys(
                        "server.port", "guanjia.launcher.data", "spring.main.lazy-initialization")
                .containsEntry("server.port", "8081")
                .containsEntry("guanjia.launcher.data", "/tmp/a=b")
                .containsEntry("spring.main.lazy-initialization", "true");
    }

    @Test
    void whatIsMeantForMavenStaysThere() {
        assertThat(
                        MavenArguments.settings(
                                List.of("-Dmaven.home=/usr/share/maven", "-DskipTests", "-D")))
                .isEmpty();
    }
}
