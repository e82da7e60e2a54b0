package io.guanjia.running;

import io.guanjia.GuanjiaApplication;
import io.guanjia.embedded.EmbeddedServers;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application on real servers with a database of its own. {@link #shared()} is started once for
 * all tests that leave it as they find it.
 */
public final class Gateway implements AutoCloseable {

    public static final String PASSWORD = "correct-horse-battery";

    /** Of a service token with the role administrator. */
    public static final String TOKEN = "token-of-the-crm-0123456789abcdef";

    /** What the company's login signs its tokens with. */
    public static final String LOGIN_KEY = "login-key-of-the-tests-012345678";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable Gateway shared;

    private final ConfigurableApplicationContext context;
    private final Map<String, Object> properties;
    private final URI address;

    private Gateway(Map<String, Object> properties) {
        this.properties = properties;
        context =
                new SpringApplicationBuilder(GuanjiaApplication.class).properties(properties).run();
        address =
                URI.create(
                        "http://127.0.0.1:"
                                + context.getEnvironment()
                                        .getRequiredProperty("local.server.port"));
    }

    /** The agents xiaoli and xiaowang, the supervisor zhuguan, the administrator admin. */
    public static synchronized Gateway shared() {
        if (shared == null) {
            shared = start(Map.of());
        }
        return shared;
    }

    public static Gateway start(Map<String, String> settings) {
        var servers = EmbeddedServers.shared();
        var number = ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        var database = "app_" + number;
        servers.postgres().createDatabase(database);
        var properties = new HashMap<String, Object>(servers.springProperties(database));
        properties.putAll(settings(number));
        properties.putAll(settings);
        return new Gateway(properties);
    }

    /** Another node of the same installation. */
    public Gateway anotherNode() {
        var same = new HashMap<>(properties);
        same.put("guanjia.journal.spool", folder().resolve("spool").toString());
        return new Gateway(same);
    }

    private static Map<String, String> settings(String number) {
        var settings = new HashMap<String, String>();
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("guanjia.journal.topic", "inbound." + number);
        settings.put("guanjia.journal.group", "group." + number);
        settings.put("guanjia.journal.spool", folder().resolve("spool").toString());
        settings.put("guanjia.media.folder", folder().resolve("media").toString());
        settings.put(
                "guanjia.bot.knowledge", System.getProperty("guanjia.root") + "/config/knowledge");
        settings.put("guanjia.handoff.opens", "00:00");
        settings.put("guanjia.handoff.closes", "00:00");
        var account = "guanjia.channels.wechat.accounts[0].";
        settings.put(account + "name", "demo");
        settings.put(account + "app-id", "wx0123456789abcdef");
        settings.put(account + "secret", "0123456789abcdef0123456789abcdef");
        settings.put(account + "token", "token");
        settings.put(account + "aes-key", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456");
        // Nobody listens there: what these tests send stays under way.
        settings.put(account + "api-base", "http://127.0.0.1:9");
        var app = "guanjia.channels.app.accounts[0].";
        settings.put(app + "name", "web");
        settings.put(app + "session-key", "session-key-of-the-tests-0123456");
        settings.put(app + "token-algorithm", "HS256");
        settings.put(app + "token-key", LOGIN_KEY);
        settings.put(app + "token-issuer", "login");
        settings.put(app + "token-audience", "guanjia");
        settings.put(app + "origins", "https://www.bank.example");
        settings.put("guanjia.channels.app.demo", "true");
        user(settings, 0, "xiaoli", "小李", "agent");
        user(settings, 1, "xiaowang", "小王", "agent");
        user(settings, 2, "zhuguan", "王主管", "supervisor");
        user(settings, 3, "admin", "管理员", "administrator");
        // All tests come from one address.
        settings.put("guanjia.security.sign-in.tries-per-address", "100000");
        settings.put("guanjia.security.api-tokens[0].name", "crm");
        settings.put("guanjia.security.api-tokens[0].token", TOKEN);
        settings.put("guanjia.security.api-tokens[0].roles", "administrator");
        return settings;
    }

    private static void user(
            Map<String, String> settings, int number, String username, String name, String role) {
        var user = "guanjia.security.users[" + number + "].";
        settings.put(user + "username", username);
        settings.put(user + "name", name);
        settings.put(user + "password", PASSWORD);
        settings.put(user + "roles", role);
    }

    private static java.nio.file.Path folder() {
        try {
            var folder = Files.createTempDirectory("guanjia-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return address;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public Samples samples() {
        return new Samples(bean(DatabaseClient.class));
    }

    /** A browser in which nobody has signed in. */
    public Browser browser() {
        return new Browser(address);
    }

    /** A browser in which somebody has. */
    public Browser signedIn(String username) {
        return browser().signIn(username, PASSWORD);
    }

    @Override
    public void close() {
        context.close();
    }
}
