package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.weixin.api.Meaning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class WechatErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "-1, BUSY",
        "40001, STALE_TOKEN",
        "40014, STALE_TOKEN",
        "42001, STALE_TOKEN",
        "41001, REFUSED",
        "40013, WRONG_APP_ID",
        "40164, ACCOUNT_BLOCKED",
        "61004, ACCOUNT_BLOCKED",
        "40003, UNREACHABLE",
        "46004, UNREACHABLE",
        "43004, UNREACHABLE",
        "50005, UNREACHABLE",
        "43019, REFUSED",
        "48002, UNREACHABLE",
        "45015, WINDOW_CLOSED",
        "45047, WINDOW_CLOSED",
        "45009, DAILY_QUOTA",
        "45011, TOO_FAST",
        "45001, REFUSED",
        "45002, REFUSED",
        "45008, REFUSED",
        "44004, REFUSED",
        "40007, MEDIA_GONE",
        "40008, REFUSED",
        "47001, REFUSED",
        "45065, ALREADY_SENT",
        "45066, TOO_FAST",
        "45067, REFUSED",
        "48001, API_BLOCKED",
        "48004, API_BLOCKED",
        "50001, API_BLOCKED",
        "50002, API_BLOCKED",
        "87014, UNSAFE",
        "43101, REFUSED",
        "45080, TYPING_MOOT",
        "45081, TYPING_MOOT",
    })
    void knowsWhatEachDocumentedCodeMeans(int code, Meaning meaning) {
        assertThat(WechatErrors.TABLE.of(code)).isEqualTo(meaning);
    }

    @Test
    void knowsEveryCodeOfThePublishedAnswers() throws IOException {
        var folder =
                Path.of(System.getProperty("guanjia.fixtures", "none"))
                        .resolve("doc-shaped/wx-errors");
        if (!Files.isDirectory(folder)) {
            return;
        }
        int read = 0;
        try (var files = Files.newDirectoryStream(folder, "mp_*.json")) {
            for (var file : files) {
                int code =
                        JsonMapper.shared()
                                .readTree(Files.readString(file))
                                .path("errcode")
                                .asInt();
                assertThat(WechatErrors.TABLE.knows(code)).as("errcode " + code).isTrue();
                read++;
            }
        }
        System.out.printf("conformance: %d error codes known%n", read);
    }

    @Test
    void explainsACodeInThePlatformsWords() {
        assertThat(WechatErrors.TABLE.describe(45047)).startsWith("errcode 45047 ").contains("客服");
        assertThat(WechatErrors.TABLE.describe(99_999_999)).isEqualTo("errcode 99999999");
    }
}
