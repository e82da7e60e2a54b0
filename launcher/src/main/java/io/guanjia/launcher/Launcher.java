package io.guanjia.launcher;

import io.guanjia.embedded.EmbeddedException;
import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.EmbeddedSettings;
import io.guanjia.embedded.Progress;
import io.guanjia.embedded.Server;
import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.DemoBank;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Starts PostgreSQL, Redis, Kafka, the sandbox and the gateway, and stops them in the opposite
 * order however it is ended.
 *
 * <p>Settings: {@code guanjia.launcher.data} is the data folder, {@code .guanjia} by default;
 * {@code server.port}, {@code guanjia.launcher.sandbox-port} and {@code
 * guanjia.launcher.cmpp-port}, where the sandbox's carrier listens, are the ports. Ends with status
 * 1 and a message when something cannot start.
 */
public final class Launcher {

    private static volatile boolean failed;

    private final Words words;
    private final DemoSettings settings;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final long begin = System.nanoTime();

    private volatile @Nullable EmbeddedServers servers;
    private volatile @Nullable Sandbox sandbox;
    private volatile @Nullable Gateway gateway;

    private Launcher(Words words, DemoSettings settings) {
        this.words = words;
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        var words = new Words(System.out);
        MavenArguments.settings().forEach(System.getProperties()::putIfAbsent);
        try {
            var launcher = new Launcher(words, DemoSettings.read(DemoSettings.FILE, arguments));
            // Before anything is started, so that whatever is gets stopped.
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop"));
            launcher.start(arguments);
        } catch (LauncherException e) {
            words.paragraphs(e.key(), e.values());
            fail();
        } catch (EmbeddedException e) {
            explain(e, words);
            fail();
        } catch (RuntimeException e) {
            words.paragraphs("failed", e.toString());
            fail();
        }
    }

    private static void fail() {
        failed = true;
        System.exit(1);
    }

    private void start(String[] arguments) {
        if (settings.stopWithParent()) {
            followParent();
        }
        var accounts = settings.sandboxAccounts();
        words.paragraphs("starting", settings.data());
        var opened = EmbeddedServers.open(EmbeddedSettings.in(settings.data()), progress());
        servers = opened;
        requireFree(settings.gatewayHost(), settings.gatewayPort(), "gateway-port-taken");
        requireFree(settings.sandboxHost(), settings.sandboxPort(), "sandbox-port-taken");
        settings.carrierPort()
                .ifPresent(port -> requireFree(settings.sandboxHost(), port, "carrier-port-taken"));
        opened.startAll(progress());
        opened.all().forEach(server -> new Revival(server, words).watch());
        timed("Sandbox", () -> startSandbox(accounts));
        timed("Gateway", () -> startGateway(opened, arguments));
        greet();
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void leftoverEnded(String server, long pid) {
                words.line("leftover", server, Long.toString(pid));
            }

            @Override
            public void ready(Server server, Duration took) {
                words.line("ready", server.name(), seconds(took));
            }
        };
    }

    private void timed(String part, Runnable start) {
        var from = System.nanoTime();
        start.run();
        words.line("ready", part, seconds(Duration.ofNanos(System.nanoTime() - from)));
    }

    private void startSandbox(List<AccountSettings> accounts) {
        var started =
                Sandbox.start(
                        SandboxSettings.defaults()
                                .onHost(settings.sandboxHost())
                                .onPort(settings.sandboxPort())
                                .with(accounts.toArray(AccountSettings[]::new)));
        sandbox = started;
        started.wechat().accounts().forEach(DemoBank::furnish);
        started.platforms().forEach(this::openAccounts);
    }

    private void openAccounts(Platform platform) {
        for (var account : settings.sandboxAccounts(platform.name())) {
            var name = Objects.requireNonNull(account.get("name"));
            var callback =
                    settings.gatewayAddress()
                            .resolve("/callbacks/%s/%s".formatted(platform.name(), name));
            try {
                platform.open(name, account, callback);
            } catch (IllegalArgumentException e) {
                throw new LauncherException(
                        "bad-setting",
                        "guanjia.channels." + platform.name() + " " + name + ": " + e.getMessage());
            }
        }
    }

    private void startGateway(EmbeddedServers running, String[] arguments) {
        var application = new Gateway(settings.forGateway(running.springProperties()));
        gateway = application;
        try {
            application.run(arguments);
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            throw new LauncherException(
                    "gateway-failed", settings.data().resolve("logs/gateway.log"));
        }
    }

    private void greet() {
        var took = seconds(Duration.ofNanos(System.nanoTime() - begin));
        words.paragraphs(
                language ->
                        language.say(
                                "banner",
                                took,
                                settings.gatewayAddress(),
                                settings.sandboxAddress(),
                                users(language)));
    }

    private String users(Words.Language language) {
        return settings.users().stream()
                .map(
                        user ->
                                language.say(
                                        "user",
                                        user.username(),
                                        user.password(),
                                        user.name(),
                                        roles(user, language)))
                .collect(Collectors.joining("\n"));
    }

    private static String roles(DemoSettings.User user, Words.Language language) {
        return user.roles().stream()
                .sorted()
                .map(role -> language.say("role-" + role))
                .collect(Collectors.joining(language.say("and")));
    }

    /** The parent may be killed without a chance to tell us. */
    private void followParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(
                        parent -> {
                            var _ =
                                    parent.onExit()
                                            .thenRun(
                                                    () -> {
                                                        words.line("parent-gone");
                                                        System.exit(0);
                                                    });
                        });
    }

    /** First the gateway: its receivers have to let go of Kafka while that is there. */
    private void stop() {
        if (!stopping.compareAndSet(false, true) || servers == null) {
            return;
        }
        words.line("stopping");
        var startedGateway = gateway;
        if (startedGateway != null) {
            startedGateway.stop();
        }
        var startedSandbox = sandbox;
        if (startedSandbox != null) {
            startedSandbox.stop();
        }
        var opened = servers;
        if (opened != null) {
            opened.close();
        }
        words.line("stopped");
        if (!failed) {
            // Otherwise a SIGTERM leaves status 143, which Maven may report as a failed build.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void requireFree(String host, int port, String otherwise) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new LauncherException(otherwise, Integer.toString(port));
        }
    }

    private static void explain(EmbeddedException failure, Words words) {
        switch (failure) {
            case EmbeddedException.FolderInUse e ->
                    words.paragraphs("folder-in-use", e.folder(), e.owner());
            case EmbeddedException.FolderUnusable e ->
                    words.paragraphs("folder-unusable", e.folder());
            case EmbeddedException.DiskFull e -> words.paragraphs("disk-full", e.folder());
            case EmbeddedException.DataDamaged e ->
                    words.paragraphs("data-damaged", e.server(), e.folder(), e.log());
            case EmbeddedException.PortTaken e ->
                    words.paragraphs("server-port-taken", e.server(), Integer.toString(e.port()));
            case EmbeddedException.MachineUnsuitable e ->
                    words.paragraphs("machine-unsuitable", e.getMessage());
            case EmbeddedException.Closed _ -> words.line("stopping");
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
