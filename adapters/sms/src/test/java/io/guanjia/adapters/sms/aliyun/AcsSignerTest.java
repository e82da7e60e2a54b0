package io.guanjia.adapters.sms.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

class AcsSignerTest {

    /** The example of 阿里云, V3版本请求体&签名机制 (document 2593177), 固定参数示例. */
    @Test
    void signsThePublishedExampleAsPublished() {
        var signer =
                new AcsSigner(
                        "YourAccessKeyId", "YourAccessKeySecret", "ecs.cn-shanghai.aliyuncs.com");

        var signed =
                signer.sign(
                        "RunInstances",
                        "2014-05-26",
                        Map.of(
                                "ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
                                "RegionId", "cn-shanghai"),
                        Instant.parse("2023-10-26T10:22:32.789Z"),
                        "3156853299f313e23d1673dc12e1703d");

        assertThat(signed.headers().get("authorization"))
                .isEqualTo(
                        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;"
                            + "x-acs-action;x-acs-content-sha256;x-acs-date;"
                            + "x-acs-signature-nonce;x-acs-version,Signature="
                            + "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
        assertThat(signed.headers()).containsEntry("x-acs-date", "2023-10-26T10:22:32Z");
    }

    @Test
    void encodesByTheRuleThatIsNotThatOfForms() {
        assertThat(AcsSigner.encoded("a b*c~d/e&账")).isEqualTo("a%20b%2Ac~d%2Fe%26%E8%B4%A6");
    }

    @Test
    void showsNeitherNumberNorSignature() {
        var signed =
                new AcsSigner("id", "secret", "host")
                        .sign("A", "1", Map.of("PhoneNumbers", "137"), Instant.EPOCH, "n");

        assertThat(signed.toString()).doesNotContain("137", "ACS3");
    }
}
