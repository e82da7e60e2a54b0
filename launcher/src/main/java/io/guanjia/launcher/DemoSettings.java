package io.guanjia.launcher;

import io.guanjia.sandbox.wechat.AccountSettings;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of this run: the command line, system properties and the environment, and below them
 * {@code config/demo.yaml}.
 *
 * <p>That file may use {@code ${guanjia.launcher.data}}, the data folder, {@code
 * ${guanjia.launcher.sandbox}}, the sandbox's address, and {@code ${guanjia.launcher.gateway}},
 * ours.
 */
final class DemoSettings {

    static final Path FILE = Path.of("config", "demo.yaml");

    private static final String LOOPBACK = "127.0.0.1";

    private final StandardEnvironment environment = new StandardEnvironment();
    private final List<PropertySource<?>> demo;

    private DemoSettings(String[] arguments, List<PropertySource<?>> demo) {
        this.demo = demo;
        var sources = environment.getPropertySources();
        if (arguments.length > 0) {
            sources.addFirst(new SimpleCommandLinePropertySource(arguments));
        }
        demo.forEach(sources::addLast);
        sources.addLast(
                new MapPropertySource(
                        "launcher",
                        Map.of(
                                "guanjia.launcher.data",
                                data().toString(),
                                "guanjia.launcher.sandbox",
                                sandboxAddress().toString(),
                                "guanjia.launcher.gateway",
                                gatewayAddress().toString())));
    }

    /** Fails with a {@link LauncherException} when the file is missing or cannot be read. */
    static DemoSettings read(Path file, String... arguments) {
        if (!Files.exists(file)) {
            throw new LauncherException("no-demo", file.toAbsolutePath());
        }
        try {
            var sources = new YamlPropertySourceLoader().load("demo", new FileSystemResource(file));
            return new DemoSettings(arguments, sources);
        } catch (IOException | RuntimeException e) {
            throw e instanceof LauncherException known
                    ? known
                    : new LauncherException("bad-setting", file + ": " + e.getMessage());
        }
    }

    /** Somebody who can sign in at the desk. */
    record User(String username, String name, String password, Set<String> roles) {}

    Path data() {
        return Path.of(environment.getProperty("guanjia.launcher.data", ".guanjia"))
                .toAbsolutePath()
                .normalize();
    }

    int gatewayPort() {
        return port("server.port", 8080);
    }

    int sandboxPort() {
        return port("guanjia.launcher.sandbox-port", 8090);
    }

    /**
     * Where the sandbox's carrier listens; empty where no account has a line to it. Fails with a
     * {@link LauncherException} that names what is wrong with it.
     */
    OptionalInt carrierPort() {
        return sandboxAccounts("sms-cmpp").isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(port("guanjia.launcher.cmpp-port", 7890));
    }

    /** Loopback unless told otherwise. */
    String gatewayHost() {
        return environment.getProperty("server.address", LOOPBACK);
    }

    String sandboxHost() {
        return environment.getProperty("guanjia.launcher.sandbox-address", LOOPBACK);
    }

    URI gatewayAddress() {
        return URI.create("http://%s:%d".formatted(reachable(gatewayHost()), gatewayPort()));
    }

    URI sandboxAddress() {
        return URI.create("http://%s:%d".formatted(reachable(sandboxHost()), sandboxPort()));
    }

    /** Whether to end when the parent process does, however that ends. */
    boolean stopWithParent() {
        return environment.getProperty(
                "guanjia.launcher.stop-with-parent", Boolean.class, Boolean.FALSE);
    }

    List<User> users() {
        return list("guanjia.security.users", User.class);
    }

    /**
     * The accounts whose calls go to the sandbox, as it has to know them. Fails with a {@link
     * LauncherException} that names what is wrong with one.
     */
    List<AccountSettings> sandboxAccounts() {
        return new SandboxAccounts(sandboxAddress(), gatewayAddress())
                .among(list(SandboxAccounts.KEY, SandboxAccounts.Account.class));
    }

    /**
     * The accounts of another channel whose calls go to the sandbox, each by the keys of its
     * settings. Fails with a {@link LauncherException} where one has no name.
     */
    List<Map<String, String>> sandboxAccounts(String channel) {
        var key = "guanjia.channels." + channel + ".accounts";
        var type = ResolvableType.forClassWithGenerics(Map.class, String.class, String.class);
        List<Map<String, String>> all =
                Binder.get(environment)
                        .bind(key, Bindable.<List<Map<String, String>>>of(listOf(type)))
                        .orElse(List.of());
        return all.stream().filter(this::callsTheSandbox).map(one -> named(one, key)).toList();
    }

    private static ResolvableType listOf(ResolvableType type) {
        return ResolvableType.forClassWithGenerics(List.class, type);
    }

    private boolean callsTheSandbox(Map<String, String> account) {
        var base = account.getOrDefault("api-base", "");
        return base.startsWith(sandboxAddress().toString())
                || base.startsWith("cmpp://" + LOOPBACK)
                // The company's own app has no platform to call, only a push service.
                || account.getOrDefault("push-webhook", "").startsWith(sandboxAddress().toString());
    }

    private static Map<String, String> named(Map<String, String> account, String key) {
        if (account.getOrDefault("name", "").isBlank()) {
            throw new LauncherException("missing-setting", key + "[].name");
        }
        return account;
    }

    /** What the gateway is told below everything a user sets; the first one wins. */
    List<PropertySource<?>> forGateway(Map<String, String> servers) {
        var fixed =
                Map.<String, Object>of(
                        "guanjia.launcher.data",
                        data().toString(),
                        "guanjia.launcher.sandbox",
                        sandboxAddress().toString(),
                        "guanjia.launcher.gateway",
                        gatewayAddress().toString(),
                        "server.address",
                        LOOPBACK,
                        "logging.file.name",
                        data().resolve("logs/gateway.log").toString(),
                        "logging.threshold.console",
                        "WARN",
                        // It warns that it works.
                        "logging.level.org.springdoc",
                        "ERROR",
                        // A browser's open socket shall not keep the terminal waiting.
                        "spring.lifecycle.timeout-per-shutdown-phase",
                        "3s");
        var sources = new ArrayList<PropertySource<?>>();
        sources.add(new MapPropertySource("embedded servers", Map.copyOf(servers)));
        sources.addAll(demo);
        sources.add(new MapPropertySource("launcher", fixed));
        return sources;
    }

    private <T> List<T> list(String key, Class<T> type) {
        try {
            return Binder.get(environment).bind(key, Bindable.listOf(type)).orElse(List.of());
        } catch (RuntimeException e) {
            throw new LauncherException("bad-setting", key + ": " + e.getMessage());
        }
    }

    private int port(String key, int otherwise) {
        var text = environment.getProperty(key, Integer.toString(otherwise)).strip();
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
            throw new LauncherException("bad-setting", key + "=" + text);
        }
        return Integer.parseInt(text);
    }

    private static String reachable(String host) {
        return host.equals("0.0.0.0") || host.equals("::") ? LOOPBACK : host;
    }
}
