package io.guanjia.sandbox.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.history.Changes;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

class AliyunDialectTest {

    private static final Instant NOW = Instant.parse("2023-10-26T10:22:40Z");
    private static final String SIGNATURE =
            "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";

    private final AliyunDialect dialect = new AliyunDialect();

    /** The example of 阿里云, V3版本请求体&签名机制, 固定参数示例; another product's call, rightly signed. */
    @Test
    void believesThePublishedSignature() {
        assertThat(code(dialect.distrust(example(SIGNATURE, "cn-shanghai"), account(), NOW)))
                .isEqualTo("InvalidAction.NotFound");
    }

    @Test
    void believesNoOther() {
        var other = SIGNATURE.replace("06", "07");

        assertThat(code(dialect.distrust(example(other, "cn-shanghai"), account(), NOW)))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(code(dialect.distrust(example(SIGNATURE, "cn-beijing"), account(), NOW)))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(
                        code(
                                dialect.distrust(
                                        example(SIGNATURE, "cn-shanghai"),
                                        account(),
                                        NOW.plusSeconds(3600))))
                .isEqualTo("InvalidTimeStamp.Expired");
    }

    private static @Nullable String code(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }

    private static Call example(String signature, String region) {
        var query = new TreeMap<String, String>();
        query.put("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd");
        query.put("RegionId", region);
        return new Call(
                "POST",
                query,
                Map.of(
                        "host",
                        "ecs.cn-shanghai.aliyuncs.com",
                        "x-acs-action",
                        "RunInstances",
                        "x-acs-version",
                        "2014-05-26",
                        "x-acs-date",
                        "2023-10-26T10:22:32Z",
                        "x-acs-signature-nonce",
                        "3156853299f313e23d1673dc12e1703d",
                        "x-acs-content-sha256",
                        Digest.sha256(""),
                        "authorization",
                        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;"
                                + "x-acs-action;x-acs-content-sha256;x-acs-date;"
                                + "x-acs-signature-nonce;x-acs-version,Signature="
                                + signature),
                "");
    }

    private SmsAccount account() {
        var around =
                new Surroundings(
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new Changes(),
                        1,
                        "127.0.0.1",
                        () -> URI.create("http://127.0.0.1"),
                        Duration.ZERO,
                        10,
                        10);
        return new SmsAccount(
                "main",
                Map.of("access-key-secret", "YourAccessKeySecret"),
                URI.create("http://127.0.0.1"),
                dialect,
                around,
                new CallbackPoster("sms-aliyun"));
    }
}
