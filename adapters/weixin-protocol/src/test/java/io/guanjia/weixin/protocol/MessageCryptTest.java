package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.weixin.protocol.ProtocolException.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

class MessageCryptTest {

    private static final String TOKEN = "guanjia";
    private static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";
    private static final String APP_ID = "wx0000000000000001";
    private static final String TIMESTAMP = "1700000000";
    private static final String NONCE = "42";

    private final MessageCrypt crypt = new MessageCrypt(TOKEN, AES_KEY, APP_ID);

    @Test
    void readsBackWhatItWroteWhateverThePadding() {
        for (int length = 0; length < 130; length++) {
            var message = "管".repeat(length / 3) + "x".repeat(length % 3);

            var sealed = crypt.encrypt(message, TIMESTAMP, NONCE);

            assertThat(decrypt(sealed)).isEqualTo(message);
        }
    }

    @Test
    void readsBackAnyText() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            var chars = new StringBuilder();
            random.ints(random.nextInt(400), 1, 0xD800).forEach(c -> chars.append((char) c));

            assertThat(decrypt(crypt.encrypt(chars.toString(), TIMESTAMP, NONCE)))
                    .isEqualTo(chars.toString());
        }
    }

    @Test
    void takesAKeyWhoseLastCharacterHasBitsToSpare() {
        // 'd' and 'e' differ only in the two bits that 43 characters have too many.
        var one = new MessageCrypt(TOKEN, "A".repeat(42) + "d", APP_ID);
        var other = new MessageCrypt(TOKEN, "A".repeat(42) + "e", APP_ID);

        var sealed = one.encrypt("你好", TIMESTAMP, NONCE);

        assertThat(other.decrypt(sealed.msgSignature(), TIMESTAMP, NONCE, sealed.encrypt()))
                .isEqualTo("你好");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "123456789012345678901234567890123456789012",
                "12345678901234567890123456789012345678901234",
                "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKe+/",
                "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey="
            })
    void refusesAKeyOfAnotherShapeWithoutRepeatingIt(String aesKey) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageCrypt(TOKEN, aesKey, APP_ID))
                .withMessage("EncodingAESKey must be 43 letters and digits");
    }

    @Test
    void refusesAWrongOrMissingSignature() {
        var sealed = crypt.encrypt("hello", TIMESTAMP, NONCE);

        assertThat(rejection("0".repeat(40), sealed.encrypt())).isEqualTo(Reason.SIGNATURE);
        assertThat(rejection(null, sealed.encrypt())).isEqualTo(Reason.SIGNATURE);
        assertThat(rejection(sealed.msgSignature(), null)).isEqualTo(Reason.SIGNATURE);
        assertThat(rejection(sealed.msgSignature(), sealed.encrypt() + "A"))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void refusesAMessageForAnotherAccount() {
        var other = new MessageCrypt(TOKEN, AES_KEY, "wx0000000000000002");
        var sealed = other.encrypt("hello", TIMESTAMP, NONCE);

        assertThat(rejection(sealed.msgSignature(), sealed.encrypt())).isEqualTo(Reason.RECEIVE_ID);
    }

    @Test
    void refusesAMessageWithoutReceiver() {
        var sealed = new MessageCrypt(TOKEN, AES_KEY, "").encrypt("hello", TIMESTAMP, NONCE);

        assertThat(rejection(sealed.msgSignature(), sealed.encrypt())).isEqualTo(Reason.RECEIVE_ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 45, 1 << 24})
    void refusesALengthThatPointsOutside(int length) {
        assertThat(rejectionOf(plain(length, "hi" + APP_ID, 8))).isEqualTo(Reason.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33, 64, 127, -1, -128})
    void refusesPaddingThatIsNotOneToThirtyTwo(int pad) {
        var plain = new byte[64];
        Arrays.fill(plain, (byte) pad);

        assertThat(rejectionOf(plain)).isEqualTo(Reason.PADDING);
    }

    @Test
    void refusesPaddingOfMixedBytes() {
        var plain = plain(2, "hi" + APP_ID, 8);
        plain[plain.length - 2] = 7;

        assertThat(rejectionOf(plain)).isEqualTo(Reason.PADDING);
    }

    @Test
    void refusesWhatIsTooShortForALength() {
        var plain = new byte[16];
        Arrays.fill(plain, (byte) 16);

        assertThat(rejectionOf(plain)).isEqualTo(Reason.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAA=", "管家"})
    void refusesWhatIsNoCiphertext(String encrypt) {
        var signature = Signature.of(TOKEN, TIMESTAMP, NONCE, encrypt);

        assertThat(rejection(signature, encrypt)).isEqualTo(Reason.CIPHERTEXT);
    }

    @Test
    void saysTheSameWhateverIsWrong() {
        var signature = Signature.of(TOKEN, TIMESTAMP, NONCE, "AAAA");

        var rejected =
                catchThrowableOfType(
                        ProtocolException.class,
                        () -> crypt.decrypt(signature, TIMESTAMP, NONCE, "AAAA"));

        assertThat(rejected).hasMessage("callback rejected").hasNoCause();
        assertThat(rejected.getStackTrace()).isEmpty();
    }

    @Test
    void answersAnEncryptedAddressCheckWithItsPlainText() {
        var echo = crypt.encrypt("5927782489442352469", TIMESTAMP, NONCE);

        assertThat(crypt.verifyUrl(echo.msgSignature(), TIMESTAMP, NONCE, echo.encrypt()))
                .isEqualTo("5927782489442352469");
    }

    @Test
    void wrapsRepliesAndRequestsAsThePlatformDoes() {
        var sealed = new EncryptedMessage("Zm9v", "abc", TIMESTAMP, NONCE);

        assertThat(sealed.toReplyXml())
                .isEqualTo(
                        "<xml><Encrypt><![CDATA[Zm9v]]></Encrypt>"
                                + "<MsgSignature><![CDATA[abc]]></MsgSignature>"
                                + "<TimeStamp>1700000000</TimeStamp>"
                                + "<Nonce><![CDATA[42]]></Nonce></xml>");
        assertThat(sealed.toRequestXml("gh_1"))
                .isEqualTo(
                        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName>"
                                + "<Encrypt><![CDATA[Zm9v]]></Encrypt></xml>");
    }

    private String decrypt(EncryptedMessage sealed) {
        return crypt.decrypt(
                sealed.msgSignature(), sealed.timestamp(), sealed.nonce(), sealed.encrypt());
    }

    private Reason rejection(
            @org.jspecify.annotations.Nullable String signature,
            @org.jspecify.annotations.Nullable String encrypt) {
        return catchThrowableOfType(
                        ProtocolException.class,
                        () -> crypt.decrypt(signature, TIMESTAMP, NONCE, encrypt))
                .reason();
    }

    /** Encrypts bytes that this module would never write, properly signed. */
    private Reason rejectionOf(byte[] plain) {
        try {
            var key = Base64.getDecoder().decode(AES_KEY + "=");
            var cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(key, 0, 16));
            var encrypt = Base64.getEncoder().encodeToString(cipher.doFinal(plain));
            return rejection(Signature.of(TOKEN, TIMESTAMP, NONCE, encrypt), encrypt);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] plain(int length, String rest, int random) {
        var content = rest.getBytes(UTF_8);
        int size = 20 + content.length;
        int pad = 32 - size % 32;
        var padded = new byte[size + pad];
        Arrays.fill(padded, 0, 16, (byte) random);
        ByteBuffer.wrap(padded, 16, padded.length - 16).putInt(length).put(content);
        Arrays.fill(padded, size, padded.length, (byte) pad);
        return padded;
    }
}
