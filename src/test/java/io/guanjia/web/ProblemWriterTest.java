package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
