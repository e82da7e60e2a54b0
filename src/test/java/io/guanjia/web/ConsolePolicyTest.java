package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

final class ConsolePolicyTest {

    private final Gateway gateway = Gateway.shared();

    @Test
    void onlyTheDecoderOfVoiceNotesMayEvaluateStrings() throws IOException {
        var scripts = scripts();

        assertThat(scripts).filteredOn(ConsolePolicyTest::isDecoder).hasSize(1);
        assertThat(scripts)
                .allSatisfy(
                        script ->
                                assertThat(policy(script).contains("'unsafe-eval'"))
                                        .as(script)
                                        .isEqualTo(isDecoder(script)));
        assertThat(policy("/")).doesNotContain("'unsafe-eval'");
    }

    private String policy(String path) {
        var answer = gateway.browser().get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return Objects.requireNonNull(answer.header("content-security-policy"));
    }

    private static boolean isDecoder(String script) {
        return script.startsWith("/assets/silk-worker-");
    }

    private static List<String> scripts() throws IOException {
        return Arrays.stream(
                        new PathMatchingResourcePatternResolver()
                                .getResources("classpath*:/static/assets/*.js"))
                .map(script -> "/assets/" + script.getFilename())
                .toList();
    }
}
