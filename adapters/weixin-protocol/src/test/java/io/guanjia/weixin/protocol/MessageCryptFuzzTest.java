package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Runs its corpus with every build and goes on searching with {@code -Dfuzz}; see the README. */
class MessageCryptFuzzTest {

    private static final String TOKEN = "fuzz";
    private static final String AES_KEY = "GuanjiaFuzzKeyGuanjiaFuzzKeyGuanjiaFuzzKeyA";
    private static final String APP_ID = "wxfuzz";

    private final MessageCrypt crypt = new MessageCrypt(TOKEN, AES_KEY, APP_ID);

    /**
     * Properly signed, any bytes decrypt to a message for us or are refused. An even first byte
     * takes the rest as plain text, which reaches the checks behind the cipher; an odd one takes it
     * as the encrypted text itself.
     */
    @FuzzTest(maxDuration = "2m")
    void decryptsOrRefuses(byte[] input) throws GeneralSecurityException {
        if (input.length == 0) {
            return;
        }
        var rest = Arrays.copyOfRange(input, 1, input.length);
        var sealed = input[0] % 2 == 0;
        var encrypt = sealed ? encrypted(rest) : new String(rest, UTF_8);
        try {
            var message = crypt.decrypt(Signature.of(TOKEN, "1", "2", encrypt), "1", "2", encrypt);
            if (sealed) {
                assertThat(new String(rest, UTF_8)).contains(message).contains(APP_ID);
            }
        } catch (ProtocolException refused) {
            assertThat(refused.reason())
                    .isIn(
                            ProtocolException.Reason.CIPHERTEXT,
                            ProtocolException.Reason.PADDING,
                            ProtocolException.Reason.LENGTH,
                            ProtocolException.Reason.RECEIVE_ID);
        }
    }

    private static String encrypted(byte[] plain) throws GeneralSecurityException {
        var key = Base64.getDecoder().decode(AES_KEY + "=");
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new IvParameterSpec(key, 0, 16));
        return Base64.getEncoder()
                .encodeToString(cipher.doFinal(Arrays.copyOf(plain, plain.length / 16 * 16)));
    }
}
