package io.guanjia.gateway.media;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as S3 wants it (Amazon S3 API Reference, Authenticating Requests: Using the
 * Authorization Header, AWS Signature Version 4).
 */
final class S3Signature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String accessKeyId;
    private final String secret;
    private final String region;

    S3Signature(String accessKeyId, String secret, String region) {
        this.accessKeyId = accessKeyId;
        this.secret = secret;
        this.region = region;
    }

    /**
     * All headers of the request, with those that sign it.
     *
     * @param path encoded
     * @param headers {@code host} and any others, in lower case
     * @param sha256 of the body, in hex
     */
    SortedMap<String, String> sign(
            String method,
            String path,
            SortedMap<String, String> headers,
            String sha256,
            Instant now) {
        var stamp = STAMP.format(now);
        var all = new TreeMap<>(headers);
        all.put("x-amz-content-sha256", sha256);
        all.put("x-amz-date", stamp);
        var names = String.join(";", all.keySet());
        var canonical =
                method
                        + "\n"
                        + path
                        + "\n\n"
                        + all.entrySet().stream()
                                .map(one -> one.getKey() + ":" + one.getValue().strip() + "\n")
                                .collect(Collectors.joining())
                        + "\n"
                        + names
                        + "\n"
                        + sha256;
        var scope = stamp.substring(0, 8) + "/" + region + "/s3/aws4_request";
        var text = ALGORITHM + "\n" + stamp + "\n" + scope + "\n" + hex(sha256(canonical));
        all.put(
                "authorization",
                ALGORITHM
                        + " Credential="
                        + accessKeyId
                        + "/"
                        + scope
                        + ", SignedHeaders="
                        + names
                        + ", Signature="
                        + hex(hmac(key(stamp.substring(0, 8)), text)));
        return all;
    }

    private byte[] key(String day) {
        var key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(key, region), "s3"), "aws4_request");
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
