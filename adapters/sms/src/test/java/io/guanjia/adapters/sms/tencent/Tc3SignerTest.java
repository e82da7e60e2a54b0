package io.guanjia.adapters.sms.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class Tc3SignerTest {

    /** The example of 腾讯云, 签名方法 v3 (DescribeInstances, 2019-02-25). */
    @Test
    void signsThePublishedExampleAsPublished() {
        var signer =
                new Tc3Signer(
                        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
                        "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
                        "cvm.tencentcloudapi.com",
                        "cvm");

        var authorization =
                signer.authorization(
                        "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"],"
                                + " \"Name\": \"instance-name\"}]}",
                        Instant.ofEpochSecond(1551113065));

        assertThat(authorization)
                .isEqualTo(
                        "TC3-HMAC-SHA256"
                            + " Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request,"
                            + " SignedHeaders=content-type;host, Signature="
                            + "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
    }
}
