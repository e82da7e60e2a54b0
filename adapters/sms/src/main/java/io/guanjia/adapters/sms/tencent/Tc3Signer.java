package io.guanjia.adapters.sms.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.Sha256;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Signs a call as 腾讯云 wants it: TC3-HMAC-SHA256 over method, content type, host and body, with a
 * key for that day and service (签名方法 v3). The path is always "/".
 */
final class Tc3Signer {

    static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String REQUEST = "tc3_request";
    private static final String SIGNED = "content-type;host";

    private final String secretId;
    private final byte[] key;
    private final String host;
    private final String service;

    Tc3Signer(String secretId, String secretKey, String host, String service) {
        this.secretId = secretId;
        this.key = ("TC3" + secretKey).getBytes(UTF_8);
        this.host = host;
        this.service = service;
    }

    /** What goes into the header {@code Authorization}. */
    String authorization(String body, Instant at) {
        var date = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
        var scope = date + "/" + service + "/" + REQUEST;
        var headers = "content-type:" + CONTENT_TYPE + "\nhost:" + host + "\n";
        var request = String.join("\n", "POST", "/", "", headers, SIGNED, Sha256.hex(body));
        var toSign =
                String.join(
                        "\n",
                        ALGORITHM,
                        Long.toString(at.getEpochSecond()),
                        scope,
                        Sha256.hex(request));
        var ofDay = Sha256.hmac(key, date);
        var ofService = Sha256.hmac(ofDay, service);
        var signature = Sha256.hexHmac(Sha256.hmac(ofService, REQUEST), toSign);
        return ALGORITHM
                + " Credential="
                + secretId
                + "/"
                + scope
                + ", SignedHeaders="
                + SIGNED
                + ", Signature="
                + signature;
    }
}
