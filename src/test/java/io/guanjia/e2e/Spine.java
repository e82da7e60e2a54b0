package io.guanjia.e2e;

import io.guanjia.GuanjiaApplication;
import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.gateway.bot.Bot;
import io.guanjia.gateway.bot.Question;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.WechatAccount;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A gateway on real servers, with a database, a topic and a sandbox of its own. */
final class Spine implements AutoCloseable {

    static final String AGENT = "xiaoli";
    static final String PASSWORD = "guanjia-test-1";
    private static final String TOKEN = "test-token-0123456789abcdef0123456789";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Sandbox sandbox;
    private final AccountSettings account;
    private final Map<String, String> settings;
    private final ConfigurableApplicationContext gateway;
    private final Deque<ConfigurableApplicationContext> others = new ArrayDeque<>();

    private Spine(Sandbox sandbox, AccountSettings account, Map<String, String> settings) {
        this.sandbox = sandbox;
        this.account = account;
        this.settings = settings;
        this.gateway = node(settings);
        sandbox.wechat("demo").change(account.calledBackAt(callbacks(gateway)));
    }

    static Spine start(Path folder) {
        return start(folder, UnaryOperator.identity(), Map.of());
    }

    /**
     * With an account more on each of these channels, by the keys of its settings; where they say
     * {@code {sandbox}}, that is where the platforms are.
     */
    static Spine start(Path folder, Map<String, Map<String, String>> accounts) {
        return start(folder, UnaryOperator.identity(), Map.of(), accounts);
    }

    static Spine start(
            Path folder, UnaryOperator<AccountSettings> account, Map<String, String> settings) {
        return start(folder, account, settings, Map.of());
    }

    private static Spine start(
            Path folder,
            UnaryOperator<AccountSettings> account,
            Map<String, String> settings,
            Map<String, Map<String, String>> accounts) {
        var servers = EmbeddedServers.shared();
        var number = ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        var database = "spine_" + number;
        servers.postgres().createDatabase(database);

        var demo = account.apply(AccountSettings.named("demo", URI.create("http://127.0.0.1:9/")));
        var sandbox = Sandbox.start(SandboxSettings.forTests(demo));
        var properties = new HashMap<String, String>(servers.springProperties(database));
        var prefix = "guanjia.channels.wechat.accounts[0].";
        properties.put(prefix + "name", demo.name());
        properties.put(prefix + "app-id", demo.appId());
        properties.put(prefix + "secret", demo.secret());
        properties.put(prefix + "token", demo.token());
        properties.put(prefix + "aes-key", String.valueOf(demo.aesKey()));
        properties.put(prefix + "api-base", sandbox.wechatApiBase().toString());
        properties.put("guanjia.journal.topic", "spine.inbound." + number);
        properties.put("guanjia.journal.group", "spine.group." + number);
        properties.put("guanjia.journal.spool", folder.resolve("spool").toString());
        properties.put("guanjia.media.folder", folder.resolve("media").toString());
        properties.put("guanjia.media.allowed-hosts", "127.0.0.1:" + sandbox.port());
        properties.put(
                "guanjia.bot.knowledge", System.getProperty("guanjia.root") + "/config/knowledge");
        properties.put("guanjia.handoff.opens", "00:00");
        properties.put("guanjia.handoff.closes", "00:00");
        properties.put("guanjia.security.users[0].username", AGENT);
        properties.put("guanjia.security.users[0].name", "小李");
        properties.put("guanjia.security.users[0].password", PASSWORD);
        properties.put("guanjia.security.users[0].roles", "agent");
        properties.put("guanjia.security.api-tokens[0].name", "test");
        properties.put("guanjia.security.api-tokens[0].token", TOKEN);
        properties.put("guanjia.security.api-tokens[0].roles", "administrator");
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.putAll(settings);
        var here = new HashMap<String, Map<String, String>>();
        accounts.forEach((channel, keys) -> here.put(channel, at(sandbox, keys)));
        here.forEach(
                (channel, keys) ->
                        keys.forEach(
                                (key, value) ->
                                        properties.put(
                                                "guanjia.channels.%s.accounts[0].%s"
                                                        .formatted(channel, key),
                                                value)));
        var spine = new Spine(sandbox, demo, properties);
        here.forEach(spine::open);
        return spine;
    }

    private static Map<String, String> at(Sandbox sandbox, Map<String, String> keys) {
        var here = new HashMap<>(keys);
        here.replaceAll(
                (_, value) -> value.replace("{sandbox}", "http://127.0.0.1:" + sandbox.port()));
        return here;
    }

    private void open(String channel, Map<String, String> keys) {
        var name = Objects.requireNonNull(keys.get("name"));
        sandbox.platform(channel)
                .open(name, keys, address().resolve("/callbacks/%s/%s".formatted(channel, name)));
    }

    private static ConfigurableApplicationContext node(Map<String, String> settings) {
        var node =
                new SpringApplicationBuilder(GuanjiaApplication.class)
                        .run(
                                settings.entrySet().stream()
                                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                                        .toArray(String[]::new));
        // A customer who writes while the bot still loads its model may be given to a person.
        node.getBean(Bot.class)
                .answer(new Question("你好", List.of(), "zh-CN"))
                .block(Duration.ofMinutes(2));
        return node;
    }

    private static URI callbacks(ConfigurableApplicationContext node) {
        return address(node).resolve("/callbacks/wechat/demo");
    }

    private static URI address(ConfigurableApplicationContext node) {
        var port = node.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts a second node. From now on the platform calls the two in turn. */
    Spine withAnotherNode() {
        var same = new HashMap<>(settings);
        same.merge("guanjia.journal.spool", "-2", String::concat);
        var other = node(same);
        others.push(other);
        wechat().change(account.calledBackAt(callbacks(gateway), callbacks(other)));
        return this;
    }

    /** Where the platform may call. */
    List<URI> callbackAddresses() {
        return wechat().settings().callbackUrls();
    }

    /** The official account, as the platform has it. */
    WechatAccount wechat() {
        return sandbox.wechat("demo");
    }

    /** The phone page. */
    URI sandbox() {
        return sandbox.address();
    }

    URI address() {
        return address(gateway);
    }

    /** Returns once nothing is on its way any more: a probe sent last has been answered. */
    void settled() {
        var probe = wechat().stranger("probe " + COUNT.incrementAndGet());
        probe.subscribes();
        probe.awaitSees(1, Duration.ofSeconds(20));
    }

    DeskClient desk() {
        return new DeskClient(address()).signIn(AGENT, PASSWORD);
    }

    /** Another system, such as the core banking one. */
    DeskClient system() {
        return DeskClient.system(address(), TOKEN);
    }

    @Override
    public void close() {
        others.forEach(ConfigurableApplicationContext::close);
        gateway.close();
        sandbox.close();
    }
}
