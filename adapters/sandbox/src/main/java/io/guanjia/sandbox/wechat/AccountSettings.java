package io.guanjia.sandbox.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.wechat.callback.Endpoint;
import io.guanjia.sandbox.wechat.callback.Format;
import io.guanjia.sandbox.wechat.callback.Mode;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.MessageDigest;
import java.util.List;

/**
 * One account, as its owner set it up in the platform's console.
 *
 * @param name what the sandbox calls it; letters, digits and hyphens
 * @param originalId the {@code gh_} id (原始ID) that messages carry
 * @param token the callback Token
 * @param aesKey the callback EncodingAESKey, 43 characters; may be missing in plain mode
 * @param format how its callbacks are written; XML for official accounts
 * @param callbackUrls where callbacks go; several addresses take turns, as nodes behind a load
 *     balancer do
 * @param customerService whether it was granted the right to send customer-service messages
 * @param openPlatform whether it is bound to an open-platform account, so that users have a unionid
 */
public record AccountSettings(
        String name,
        String originalId,
        String appId,
        String secret,
        String token,
        @Nullable String aesKey,
        Mode mode,
        Format format,
        List<URI> callbackUrls,
        boolean customerService,
        boolean openPlatform,
        Limits limits) {

    /** The callback address of an account that has not got one yet. Nobody listens there. */
    public static final URI NOWHERE = URI.create("http://127.0.0.1:9/not-set");

    public AccountSettings {
        if (!name.matches("[A-Za-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "name must be 1 to 40 letters, digits or hyphens: " + name);
        }
        callbackUrls = List.copyOf(callbackUrls);
        for (var url : callbackUrls) {
            if (url.getHost() == null || !String.valueOf(url.getScheme()).startsWith("http")) {
                throw new IllegalArgumentException("callbackUrls must be http addresses: " + url);
            }
        }
        // Fails now rather than at the first callback.
        endpoint(callbackUrls, token, aesKey, mode, format, appId, originalId);
    }

    /**
     * An account in safe mode with everything granted. Its credentials are derived from its name,
     * so that they are the same at every start.
     */
    public static AccountSettings named(String name, URI... callbackUrls) {
        return new AccountSettings(
                name,
                "gh_" + Ids.hex("original id", name, 12),
                "wx" + Ids.hex("app id", name, 16),
                Ids.hex("secret", name, 32),
                Ids.hex("token", name, 24),
                Ids.letters("aes key", name, 43),
                Mode.SAFE,
                Format.XML,
                List.of(callbackUrls),
                true,
                true,
                Limits.ofThePlatform());
    }

    /** The same account, called back at other addresses. */
    public AccountSettings calledBackAt(URI... urls) {
        return new AccountSettings(
                name,
                originalId,
                appId,
                secret,
                token,
                aesKey,
                mode,
                format,
                List.of(urls),
                customerService,
                openPlatform,
                limits);
    }

    /** The same account in another mode. */
    public AccountSettings in(Mode other) {
        return new AccountSettings(
                name,
                originalId,
                appId,
                secret,
                token,
                aesKey,
                other,
                format,
                callbackUrls,
                customerService,
                openPlatform,
                limits);
    }

    /** The same account, called back in another format. */
    public AccountSettings in(Format other) {
        return new AccountSettings(
                name,
                originalId,
                appId,
                secret,
                token,
                aesKey,
                mode,
                other,
                callbackUrls,
                customerService,
                openPlatform,
                limits);
    }

    /** The same account with other credentials. */
    public AccountSettings with(
            String appId, String secret, String token, @Nullable String aesKey) {
        return new AccountSettings(
                name,
                originalId,
                appId,
                secret,
                token,
                aesKey,
                mode,
                format,
                callbackUrls,
                customerService,
                openPlatform,
                limits);
    }

    /** The same account without the right to send customer-service messages. */
    public AccountSettings withoutCustomerService() {
        return new AccountSettings(
                name,
                originalId,
                appId,
                secret,
                token,
                aesKey,
                mode,
                format,
                callbackUrls,
                false,
                openPlatform,
                limits);
    }

    /** The same account under other limits. */
    public AccountSettings with(Limits other) {
        return new AccountSettings(
                name,
                originalId,
                appId,
                secret,
                token,
                aesKey,
                mode,
                format,
                callbackUrls,
                customerService,
                openPlatform,
                other);
    }

    Endpoint endpoint() {
        return endpoint(callbackUrls, token, aesKey, mode, format, appId, originalId);
    }

    private static Endpoint endpoint(
            List<URI> urls,
            String token,
            @Nullable String aesKey,
            Mode mode,
            Format format,
            String appId,
            String originalId) {
        return new Endpoint(urls, token, aesKey, mode, format, appId, originalId);
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "AccountSettings[name=" + name + ", appId=" + appId + ", mode=" + mode + "]";
    }

    /** Whether {@code given} is the secret, found out in constant time. */
    public boolean hasSecret(String given) {
        return MessageDigest.isEqual(secret.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
