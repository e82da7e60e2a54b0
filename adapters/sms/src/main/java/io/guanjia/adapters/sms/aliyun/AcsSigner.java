package io.guanjia.adapters.sms.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.Sha256;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs a call as 阿里云 wants it: ACS3-HMAC-SHA256 over method, path, query, headers and body
 * (V3版本请求体&签名机制). In calls of this style the path is "/", the body is empty, and what is asked for
 * stands in the query.
 */
final class AcsSigner {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String EMPTY_BODY = Sha256.hex("");

    private final String keyId;
    private final byte[] secret;
    private final String host;

    AcsSigner(String keyId, String keySecret, String host) {
        this.keyId = keyId;
        this.secret = keySecret.getBytes(UTF_8);
        this.host = host;
    }

    /** What to send: the query and all headers. */
    record Signed(String query, Map<String, String> headers) {

        /** Leaves out the call: it holds a number and a signature. */
        @Override
        public String toString() {
            return "Signed[…]";
        }
    }

    Signed sign(
            String action,
            String version,
            Map<String, String> parameters,
            Instant at,
            String nonce) {
        var query = query(new TreeMap<>(parameters));
        var headers = new TreeMap<String, String>();
        headers.put("host", host);
        headers.put("x-acs-action", action);
        headers.put("x-acs-content-sha256", EMPTY_BODY);
        headers.put("x-acs-date", at.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("x-acs-signature-nonce", nonce);
        headers.put("x-acs-version", version);
        headers.put("authorization", authorization(query, headers));
        return new Signed(query, headers);
    }

    private String authorization(String query, SortedMap<String, String> headers) {
        var names = String.join(";", headers.keySet());
        var lines =
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining());
        var request = String.join("\n", "POST", "/", query, lines, names, EMPTY_BODY);
        var signature = Sha256.hexHmac(secret, ALGORITHM + "\n" + Sha256.hex(request));
        return ALGORITHM
                + " Credential="
                + keyId
                + ",SignedHeaders="
                + names
                + ",Signature="
                + signature;
    }

    private static String query(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** RFC 3986, which a form's encoding is not quite. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
