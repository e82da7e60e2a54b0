package io.guanjia.launcher;

import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.callback.Mode;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells the sandbox of the official accounts that have it for their platform.
 *
 * <p>The sandbox is up before the gateway reads the same settings, so what is wrong with one of
 * them is found here first. It is named by its key, and never by its value, which may be a secret.
 */
final class SandboxAccounts {

    static final String KEY = "guanjia.channels.wechat.accounts";

    // As the sandbox has it, which the gateway's own rule is wider than.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern AES_KEY = Pattern.compile("[A-Za-z0-9]{43}");

    private final URI sandbox;
    private final URI gateway;

    SandboxAccounts(URI sandbox, URI gateway) {
        this.sandbox = sandbox;
        this.gateway = gateway;
    }

    /** One under {@link #KEY}, as it was written. */
    record Account(
            @Nullable String name,
            @Nullable String appId,
            @Nullable String secret,
            @Nullable String token,
            @Nullable String aesKey,
            @Nullable URI apiBase,
            @Nullable String mode,
            @DefaultValue("true") boolean customerServiceMessages) {}

    /** Those that call the sandbox. Fails with a {@link LauncherException} that names the key. */
    List<AccountSettings> among(List<Account> all) {
        return IntStream.range(0, all.size())
                .filter(n -> isSandbox(all.get(n).apiBase()))
                .mapToObj(n -> inSandbox(all.get(n), KEY + "[" + n + "]."))
                .toList();
    }

    private boolean isSandbox(@Nullable URI apiBase) {
        return apiBase != null && apiBase.toString().startsWith(sandbox.toString());
    }

    private AccountSettings inSandbox(Account account, String key) {
        var name = present(account.name(), key + "name");
        if (!NAME.matcher(name).matches()) {
            throw new LauncherException("bad-account-name", key + "name");
        }
        var aesKey = blankToNull(account.aesKey());
        var mode = mode(account.mode(), aesKey, key + "mode");
        var fits = aesKey == null ? mode == Mode.PLAIN : AES_KEY.matcher(aesKey).matches();
        if (!fits) {
            throw new LauncherException("bad-aes-key", key + "aes-key");
        }
        // From here, whatever the outside calls us.
        var callback = gateway.resolve("/callbacks/wechat/" + name);
        var settings = AccountSettings.named(name, callback);
        settings =
                settings.with(
                                present(account.appId(), key + "app-id"),
                                present(account.secret(), key + "secret"),
                                present(account.token(), key + "token"),
                                aesKey == null ? Objects.requireNonNull(settings.aesKey()) : aesKey)
                        .in(mode);
        return account.customerServiceMessages() ? settings : settings.withoutCustomerService();
    }

    private static String present(@Nullable String value, String key) {
        if (value == null || value.isBlank()) {
            throw new LauncherException("missing-setting", key);
        }
        return value;
    }

    /** As the gateway decides where nothing is said. */
    private static Mode mode(@Nullable String given, @Nullable String aesKey, String key) {
        var text = blankToNull(given);
        if (text == null) {
            return aesKey == null ? Mode.PLAIN : Mode.SAFE;
        }
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text.strip()))
                .findAny()
                .orElseThrow(() -> new LauncherException("bad-mode", key));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
