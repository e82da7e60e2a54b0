package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Mono;

import java.io.IOException;

class ProblemWriterTest {

    @ParameterizedTest
    @CsvSource({
        "/callbacks/sms-http/main/secret-key, /callbacks/sms-http/main/…",
        "/callbacks/sms-http/main/secret/key, /callbacks/sms-http/main/…",
        "/callbacks/wechat/demo, /callbacks/wechat/demo",
        "/api/v1/conversations/1/messages, /api/v1/conversations/1/messages",
        "/, /",
    })
    void theLogNamesTheAccountOfACallbackAndNotItsKey(String path, String shown) {
        assertThat(ProblemWriter.shown(path)).isEqualTo(shown);
    }

    @Test
    void theLogSaysWhereItWentWrongAndNothingOfWhatWasSent() {
        var failure =
                Mono.error(new IllegalStateException("from oLily", new IOException("oLily")))
                        .checkpoint("HTTP POST \"/callbacks/sms-http/main/secret-key?key=secret\"");

        var thrown =
                assertThrows(
                        IllegalStateException.class,
                        () -> {
                            var _ = failure.block();
                        });

        assertThat(thrown.getSuppressed()).as("what Reactor adds").isNotEmpty();
        assertThat(ProblemWriter.trace(thrown))
                .contains("IllegalStateException", "IOException", "ProblemWriterTest")
                .doesNotContain("secret")
                .doesNotContain("oLily");
    }
}
