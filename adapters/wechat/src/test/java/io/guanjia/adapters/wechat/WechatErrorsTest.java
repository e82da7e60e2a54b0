package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.Fixtures;
import io.guanjia.weixin.api.Meaning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;

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
        int read = 0;
        for (var set : List.of("doc-shaped/wx-errors", "wxjava/WxErrorTest")) {
            for (var file : Fixtures.files(set)) {
                var name = file.getFileName().toString();
                // Those of 企业微信 are held to ErrorConformanceTest there.
                if (!name.startsWith("work_")) {
                    int code = Fixtures.json(file).get("errcode").asInt();
                    assertThat(WechatErrors.TABLE.knows(code)).as(name).isTrue();
                    assertThat(WechatErrors.TABLE.describe(code)).startsWith("errcode " + code);
                    read++;
                }
            }
        }
        System.out.printf("conformance: %d official account errors known%n", read);
        assertThat(read).isGreaterThanOrEqualTo(Fixtures.least(24));
    }

    @Test
    void explainsACodeInThePlatformsWords() {
        assertThat(WechatErrors.TABLE.describe(45047)).startsWith("errcode 45047 ").contains("客服");
        assertThat(WechatErrors.TABLE.describe(99_999_999)).isEqualTo("errcode 99999999");
    }
}
