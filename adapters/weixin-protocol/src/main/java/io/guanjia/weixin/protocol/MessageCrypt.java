package io.guanjia.weixin.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.weixin.protocol.ProtocolException.Reason;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts the callbacks of one account.
 *
 * <p>AES-256-CBC; the key is the base64 form of the EncodingAESKey and its first half the
 * initialisation vector; the plain text is {@code random(16) ‖ length(4, big-endian) ‖ message ‖
 * receive id}, padded to blocks of <em>32</em> bytes as PKCS#7 would. Source: 微信开放文档, 消息加解密说明.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class MessageCrypt {

    private static final Pattern AES_KEY = Pattern.compile("[A-Za-z0-9]{43}");
    private static final int AES_BLOCK = 16;
    private static final int PAD_BLOCK = 32;
    private static final int RANDOM = 16;
    private static final int HEADER = RANDOM + Integer.BYTES;
    private static final SecureRandom RANDOMNESS = randomness();

    /** Finding one takes longer than using it on a short message. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(MessageCrypt::cipher);

    private final String token;
    private final byte[] receiveId;
    private final SecretKeySpec key;
    private final IvParameterSpec iv;

    /**
     * @param token the Token from the platform's console
     * @param aesKey the EncodingAESKey from the platform's console: 43 letters and digits
     * @param receiveId who the messages are for: the AppID of an official account or mini program,
     *     the CorpID of a WeCom corporation
     * @throws IllegalArgumentException when the key has another shape; its message holds no secret
     */
    public MessageCrypt(String token, String aesKey, String receiveId) {
        if (!isAesKey(aesKey)) {
            throw new IllegalArgumentException("EncodingAESKey must be 43 letters and digits");
        }
        this.token = token;
        this.receiveId = receiveId.getBytes(UTF_8);
        // 43 characters hold 258 bits; the last two are padding which the platform leaves random.
        // This decoder ignores them, stricter ones refuse such keys.
        var decoded = Base64.getDecoder().decode(aesKey + "=");
        this.key = new SecretKeySpec(decoded, "AES");
        this.iv = new IvParameterSpec(decoded, 0, AES_BLOCK);
    }

    /** Whether this may be an EncodingAESKey. */
    public static boolean isAesKey(@Nullable String text) {
        return text != null && AES_KEY.matcher(text).matches();
    }

    /**
     * Checks the signature over {@code encrypt} and decrypts it. Missing parameters count as a
     * wrong signature.
     *
     * @return the message, XML or JSON
     * @throws ProtocolException whenever anything is wrong; callers must not tell the sender what
     */
    public String decrypt(
            @Nullable String msgSignature,
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String encrypt) {
        if (encrypt == null || !Signature.matches(msgSignature, token, timestamp, nonce, encrypt)) {
            throw new ProtocolException(Reason.SIGNATURE);
        }
        return open(decipher(decode(encrypt)));
    }

    /**
     * Answers the check of the callback address for products whose {@code echostr} is encrypted
     * (WeCom always, an official account never).
     *
     * @return what to answer: this text and nothing else
     * @throws ProtocolException as for {@link #decrypt}
     */
    public String verifyUrl(
            @Nullable String msgSignature,
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String echostr) {
        return decrypt(msgSignature, timestamp, nonce, echostr);
    }

    /** Encrypts and signs a message. */
    public EncryptedMessage encrypt(String message, String timestamp, String nonce) {
        var random16 = new byte[RANDOM];
        RANDOMNESS.nextBytes(random16);
        return encrypt(message, timestamp, nonce, random16);
    }

    /**
     * As {@link #encrypt(String, String, String)} with a given salt, which makes the result
     * repeatable. For conformance tests and the sandbox.
     */
    public EncryptedMessage encrypt(
            String message, String timestamp, String nonce, byte[] random16) {
        if (random16.length != RANDOM) {
            throw new IllegalArgumentException("random16 must be 16 bytes");
        }
        var encrypted =
                Base64.getEncoder()
                        .encodeToString(run(Cipher.ENCRYPT_MODE, seal(message, random16)));
        var signature = Signature.of(token, timestamp, nonce, encrypted);
        return new EncryptedMessage(encrypted, signature, timestamp, nonce);
    }

    private static byte[] decode(String encrypt) {
        try {
            return Base64.getDecoder().decode(encrypt);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Reason.CIPHERTEXT);
        }
    }

    private byte[] decipher(byte[] encrypted) {
        if (encrypted.length == 0 || encrypted.length % AES_BLOCK != 0) {
            throw new ProtocolException(Reason.CIPHERTEXT);
        }
        return run(Cipher.DECRYPT_MODE, encrypted);
    }

    private String open(byte[] padded) {
        int pad = padded[padded.length - 1];
        if (pad < 1 || pad > PAD_BLOCK || pad > padded.length) {
            throw new ProtocolException(Reason.PADDING);
        }
        for (int i = padded.length - pad; i < padded.length; i++) {
            if (padded[i] != pad) {
                throw new ProtocolException(Reason.PADDING);
            }
        }
        int end = padded.length - pad;
        if (end < HEADER) {
            throw new ProtocolException(Reason.LENGTH);
        }
        int length = ByteBuffer.wrap(padded).getInt(RANDOM);
        // Compared this way round, a huge length cannot overflow.
        if (length < 0 || length > end - HEADER) {
            throw new ProtocolException(Reason.LENGTH);
        }
        var receiver = Arrays.copyOfRange(padded, HEADER + length, end);
        if (!MessageDigest.isEqual(receiver, receiveId)) {
            throw new ProtocolException(Reason.RECEIVE_ID);
        }
        return new String(padded, HEADER, length, UTF_8);
    }

    private byte[] seal(String message, byte[] random16) {
        var content = message.getBytes(UTF_8);
        int size = HEADER + content.length + receiveId.length;
        int pad = PAD_BLOCK - size % PAD_BLOCK;
        var padded = new byte[size + pad];
        ByteBuffer.wrap(padded).put(random16).putInt(content.length).put(content).put(receiveId);
        Arrays.fill(padded, size, padded.length, (byte) pad);
        return padded;
    }

    private byte[] run(int mode, byte[] input) {
        try {
            var cipher = CIPHER.get();
            cipher.init(mode, key, iv);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256 in CBC mode takes any whole blocks", e);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256 in CBC mode", e);
        }
    }

    /**
     * Seeded once, here. The platform's default reads a device file for every salt, which is a
     * blocking call and callbacks are answered on event loops.
     */
    private static SecureRandom randomness() {
        try {
            var random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[RANDOM]);
            return random;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has a DRBG", e);
        }
    }
}
