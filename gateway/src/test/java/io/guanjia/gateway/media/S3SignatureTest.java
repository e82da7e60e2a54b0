package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

class S3SignatureTest {

    /** Amazon S3 API Reference, Signature Calculations: "Example: GET Object". */
    @Test
    void signsAsTheDocumentsExample() {
        var signature =
                new S3Signature(
                        "AKIAIOSFODNN7EXAMPLE",
                        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                        "us-east-1");

        var headers =
                signature.sign(
                        "GET",
                        "/test.txt",
                        new TreeMap<>(
                                Map.of(
                                        "host",
                                        "examplebucket.s3.amazonaws.com",
                                        "range",
                                        "bytes=0-9")),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(headers.get("authorization"))
                .isEqualTo(
                        "AWS4-HMAC-SHA256"
                            + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                            + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                            + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }
}
