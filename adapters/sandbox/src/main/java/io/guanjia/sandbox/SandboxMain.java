package io.guanjia.sandbox;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.DemoBank;
import io.guanjia.sandbox.wechat.callback.CallbackPace;
import io.guanjia.sandbox.wechat.callback.Mode;

import org.jspecify.annotations.Nullable;

import reactor.netty.ChannelBindException;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a sandbox in a process of its own, with one official account.
 *
 * <p>Every setting is an argument such as {@code --port=8090} or an environment variable such as
 * {@code GUANJIA_SANDBOX_PORT}; the argument wins. Ends with status 2 and one sentence when a
 * setting is wrong or the port is taken.
 */
public final class SandboxMain {

    private static final String PREFIX = "GUANJIA_SANDBOX_";
    private static final List<String> KNOWN =
            List.of(
                    "host",
                    "port",
                    "public-address",
                    "seed",
                    "callback-timeout",
                    "history",
                    "account",
                    "callback-url",
                    "app-id",
                    "secret",
                    "token",
                    "aes-key",
                    "mode",
                    "customer-service");

    private final Map<String, String> environment;
    private final List<String> arguments;

    SandboxMain(Map<String, String> environment, String... arguments) {
        this.environment = environment;
        this.arguments = List.of(arguments);
    }

    public static void main(String[] arguments) {
        try {
            var sandbox = Sandbox.start(new SandboxMain(System.getenv(), arguments).settings());
            sandbox.wechat().accounts().forEach(DemoBank::furnish);
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::stop, "sandbox-stop"));
            System.out.println("Sandbox: " + sandbox.address());
            sandbox.await();
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (ChannelBindException e) {
            fail("port " + e.localPort() + " is taken; choose another with --port=…");
        }
    }

    private static void fail(@Nullable String why) {
        System.err.println("Sandbox: " + why);
        System.exit(2);
    }

    SandboxSettings settings() {
        requireKnown();
        var defaults = SandboxSettings.defaults();
        var patience = defaults.pace().timeout();
        return defaults.onHost(value("host", defaults.host()))
                .onPort(number("port", defaults.port()))
                .reachedAt(publicAddress())
                .seeded(number("seed", 1))
                .at(CallbackPace.every(duration("callback-timeout", patience)))
                .remembering(number("history", defaults.historySize()), defaults.chatKept())
                .with(account());
    }

    private @Nullable URI publicAddress() {
        var address = find("public-address");
        return address == null ? null : URI.create(address);
    }

    private AccountSettings account() {
        var url = value("callback-url", "http://127.0.0.1:8080/callbacks/wechat/demo");
        var account = AccountSettings.named(value("account", "demo"), URI.create(url));
        ObjectNode fields = Json.MAPPER.valueToTree(account);
        set(fields, "appId", "app-id");
        set(fields, "secret", "secret");
        set(fields, "token", "token");
        set(fields, "aesKey", "aes-key");
        var complete = Json.read(fields, AccountSettings.class).in(mode());
        return Boolean.parseBoolean(value("customer-service", "true"))
                ? complete
                : complete.withoutCustomerService();
    }

    private void set(ObjectNode fields, String field, String name) {
        var value = find(name);
        if (value != null) {
            fields.put(field, value);
        }
    }

    private Mode mode() {
        var name = value("mode", "safe");
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(name))
                .findAny()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "mode must be plain, compatible or safe, not " + name));
    }

    private void requireKnown() {
        for (var argument : arguments) {
            var equals = argument.indexOf('=');
            if (!argument.startsWith("--")
                    || equals < 0
                    || !KNOWN.contains(argument.substring(2, equals))) {
                var all = new ArrayList<String>();
                KNOWN.forEach(name -> all.add("--" + name + "=…"));
                throw new IllegalArgumentException(
                        "unknown argument " + argument + "; there are " + String.join(" ", all));
            }
        }
    }

    private @Nullable String find(String name) {
        for (var argument : arguments) {
            if (argument.startsWith("--" + name + "=")) {
                return argument.substring(name.length() + 3);
            }
        }
        return environment.get(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private String value(String name, String otherwise) {
        var value = find(name);
        return value == null ? otherwise : value;
    }

    private int number(String name, int otherwise) {
        var value = find(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(name + " must be a number, not " + value);
        }
        return Integer.parseInt(value);
    }

    /** Such as {@code 5s} or {@code 300ms}. */
    private Duration duration(String name, Duration otherwise) {
        var value = find(name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("\\d{1,9}ms")) {
            return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
        }
        if (value.matches("\\d{1,6}s")) {
            return Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)));
        }
        throw new IllegalArgumentException(name + " must look like 5s or 300ms, not " + value);
    }
}
