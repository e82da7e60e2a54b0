package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Holds us to what other implementations encrypted, signed and refused.
 *
 * <p>The first sample of each kind is our own, encrypted by OpenSSL; the rest comes from the
 * fixtures where they are present.
 */
class ConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** How many samples there are at least, where they are present. */
    private static final Map<String, Integer> LEAST =
            Map.of(
                    "accept.json", 9,
                    "reject.json", 8,
                    "verify_url.json", 1,
                    "peer-encrypted/accept.json", 32,
                    "peer-encrypted/reject.json", 6,
                    "peer-encrypted/verify_url.json", 2,
                    "msg_crypt", 8,
                    "signatures", 7,
                    "aes_key_validation", 6);

    /** Of the login of a mini program (wx.login), which goes past us. */
    private static final String NOT_OURS = "miniprogram";

    private static int accepted;
    private static int rejected;
    private static int urlChecks;
    private static int encrypted;
    private static int signatures;

    @AfterAll
    static void report() {
        System.out.printf(
                "conformance: %d accepted, %d rejected, %d url checks, %d encrypted alike,"
                        + " %d signatures%n",
                accepted, rejected, urlChecks, encrypted, signatures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept.json", "peer-encrypted/accept.json"})
    void readsWhatOthersEncrypted(String file) throws IOException {
        for (var sample : samples(file)) {
            assertThat(decrypt(sample)).as(id(sample)).isEqualTo(sample.get("plain").asString());
            accepted++;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept.json", "peer-encrypted/accept.json"})
    void encryptsAsOthersDoGivenTheSameSalt(String file) throws IOException {
        for (var sample : samples(file)) {
            var query = sample.get("query");

            var sealed =
                    crypt(sample)
                            .encrypt(
                                    sample.get("plain").asString(),
                                    query.get("timestamp").asString(),
                                    query.get("nonce").asString(),
                                    HexFormat.of().parseHex(sample.get("random16_hex").asString()));

            assertThat(sealed.encrypt()).as(id(sample)).isEqualTo(encrypt(sample));
            assertThat(sealed.msgSignature())
                    .as(id(sample))
                    .isEqualTo(query.get("msg_signature").asString());
            encrypted++;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject.json", "peer-encrypted/reject.json"})
    void refusesWhatMustBeRefused(String file) throws IOException {
        for (var sample : samples(file)) {
            assertThatExceptionOfType(ProtocolException.class)
                    .as(id(sample))
                    .isThrownBy(() -> decrypt(sample));
            rejected++;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify_url.json", "peer-encrypted/verify_url.json"})
    void answersAddressChecks(String file) throws IOException {
        for (var sample : samples(file)) {
            var query = sample.get("query");
            assertThat(
                            crypt(sample)
                                    .verifyUrl(
                                            query.get("msg_signature").asString(),
                                            query.get("timestamp").asString(),
                                            query.get("nonce").asString(),
                                            query.get("echostr").asString()))
                    .isEqualTo(sample.get("expect_body").asString());
            urlChecks++;
        }
    }

    @Test
    void readsThePublishedVectors() throws IOException {
        for (var vector : vectors("msg_crypt")) {
            switch (vector.get("kind").asString()) {
                case "verify_url" -> {
                    var plain = verify(vector);
                    if (vector.has("plain")) {
                        assertThat(plain).isEqualTo(vector.get("plain").asString());
                    }
                    urlChecks++;
                }
                case "verify_url_reject" -> {
                    assertThatExceptionOfType(ProtocolException.class)
                            .as(id(vector))
                            .isThrownBy(() -> verify(vector));
                    rejected++;
                }
                case "decrypt" -> {
                    assertThat(verify(vector))
                            .as(id(vector))
                            .contains(
                                    vector.get("plain_contains")
                                            .valueStream()
                                            .map(JsonNode::asString)
                                            .toList());
                    accepted++;
                }
                case "encrypt" -> {
                    var sealed =
                            crypt(vector)
                                    .encrypt(
                                            vector.get("plain").asString(),
                                            vector.path("timestamp").asString("0"),
                                            vector.path("nonce").asString("0"),
                                            vector.get("random16").asString().getBytes(US_ASCII));
                    assertThat(sealed.encrypt())
                            .as(id(vector))
                            .isEqualTo(vector.get("encrypt").asString());
                    if (vector.has("msg_signature")) {
                        assertThat(sealed.msgSignature())
                                .isEqualTo(vector.get("msg_signature").asString());
                    }
                    encrypted++;
                }
                default -> throw new AssertionError("new kind of vector: " + id(vector));
            }
        }
    }

    /** What stands around a reply is not spelled as around a request. */
    @Test
    void wrapsAReplyAsOthersDo() throws IOException {
        var plain = Fixtures.find("wechatpy/test_crypto/01_test_encrypt_message__text.xml");
        var reply = Fixtures.find("wechatpy/test_crypto/02_test_encrypt_message__encrypted.xml");
        if (plain.isEmpty() || reply.isEmpty()) {
            return;
        }
        var vector =
                vectors("msg_crypt").stream()
                        .filter(one -> id(one).equals("wechatpy-encrypt-fixed-random"))
                        .findFirst()
                        .orElseThrow();

        var written =
                crypt(vector)
                        .encrypt(
                                Files.readString(plain.get()).strip(),
                                vector.get("timestamp").asString(),
                                vector.get("nonce").asString(),
                                vector.get("random16").asString().getBytes(US_ASCII))
                        .toReplyXml();

        assertThat(XmlFields.parse(written).canonical())
                .isEqualTo(XmlFields.parse(Files.readString(reply.get())).canonical());
        encrypted++;
    }

    @Test
    void leavesNoKindOfPublishedVectorOut() throws IOException {
        var file = Fixtures.find("vectors/wechat_crypto_vectors.json");
        if (file.isPresent()) {
            var kinds = JSON.readTree(Files.readString(file.get())).propertyNames();
            assertThat(kinds)
                    .containsExactlyInAnyOrder(
                            "msg_crypt", "signatures", "aes_key_validation", NOT_OURS);
        }
    }

    @Test
    void agreesWithThePublishedSignatures() throws IOException {
        for (var vector : vectors("signatures")) {
            var parts =
                    vector.has("parts")
                            ? vector.get("parts").valueStream().map(JsonNode::asString).toList()
                            : List.of("token", "timestamp", "nonce", "encrypt").stream()
                                    .filter(vector::has)
                                    .map(part -> vector.get(part).asString())
                                    .toList();

            assertThat(
                            Signature.matches(
                                    vector.get("signature").asString(),
                                    parts.toArray(String[]::new)))
                    .as(id(vector))
                    .isEqualTo(vector.get("ok").asBoolean());
            signatures++;
        }
    }

    @Test
    void takesAndRefusesThePublishedKeys() throws IOException {
        for (var vector : vectors("aes_key_validation")) {
            var key = vector.get("aes_key").asString();
            if (vector.get("valid").asBoolean()) {
                assertThat(new MessageCrypt("t", key, "r")).isNotNull();
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new MessageCrypt("t", key, "r"));
            }
        }
    }

    /** As an adapter would: the encrypted text out of the body, whichever form it has. */
    private static String decrypt(JsonNode sample) {
        var query = sample.get("query");
        return crypt(sample)
                .decrypt(
                        query.get("msg_signature").asString(),
                        query.get("timestamp").asString(),
                        query.get("nonce").asString(),
                        encrypt(sample));
    }

    private static String encrypt(JsonNode sample) {
        var body = sample.get("body").asString();
        return sample.get("content_type").asString().contains("json")
                ? JSON.readTree(body).get("Encrypt").asString()
                : XmlFields.parse(body).text("Encrypt");
    }

    private static String verify(JsonNode vector) {
        return crypt(vector)
                .verifyUrl(
                        vector.get("msg_signature").asString(),
                        vector.get("timestamp").asString(),
                        vector.get("nonce").asString(),
                        vector.path("echostr").asString(vector.path("encrypt").asString("")));
    }

    private static MessageCrypt crypt(JsonNode sample) {
        return new MessageCrypt(
                sample.path("token").asString(""),
                sample.get("aes_key").asString(),
                sample.get("receive_id").asString());
    }

    private static String id(JsonNode sample) {
        return sample.path("id").asString("own sample");
    }

    private static List<JsonNode> vectors(String kind) throws IOException {
        var file = Fixtures.find("vectors/wechat_crypto_vectors.json");
        return file.isEmpty()
                ? List.of()
                : list(kind, JSON.readTree(Files.readString(file.get())).get(kind));
    }

    private static List<JsonNode> samples(String file) throws IOException {
        if (file.startsWith("peer-encrypted/")) {
            Optional<java.nio.file.Path> path = Fixtures.find(file);
            return path.isEmpty()
                    ? List.of()
                    : list(file, JSON.readTree(Files.readString(path.get())));
        }
        try (var own = ConformanceTest.class.getResourceAsStream("/conformance/" + file)) {
            assertThat(own).as(file).isNotNull();
            return list(file, JSON.readTree(own));
        }
    }

    private static List<JsonNode> list(String name, JsonNode array) {
        var list = StreamSupport.stream(array.spliterator(), false).toList();
        assertThat(list)
                .as(name)
                .hasSizeGreaterThanOrEqualTo(Objects.requireNonNull(LEAST.get(name), name));
        return list;
    }
}
