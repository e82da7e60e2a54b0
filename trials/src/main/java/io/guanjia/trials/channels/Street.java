package io.guanjia.trials.channels;

import io.guanjia.cmpp.protocol.Version;
import io.guanjia.embedded.Durability;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.app.AppPlatform;
import io.guanjia.sandbox.cmpp.Carrier;
import io.guanjia.sandbox.cmpp.CarrierSettings;
import io.guanjia.sandbox.cmpp.CmppPlatform;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.miniprogram.MiniProgramPlatform;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.sms.SmsAccount;
import io.guanjia.sandbox.sms.SmsPlatform;
import io.guanjia.sandbox.wecom.WecomKfPlatform;
import io.guanjia.sandbox.weibo.WeiboPlatform;
import io.guanjia.trials.caller.AppCaller;
import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.channels.Shop.Limit;
import io.guanjia.trials.faults.Questions;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.Cluster.Plan;
import io.guanjia.trials.process.Database;
import io.guanjia.trials.process.GatewayNode;
import io.guanjia.trials.process.Places;
import io.guanjia.trials.process.ShiftedClock;
import io.guanjia.trials.process.Tap;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Two nodes that serve every channel, each with an account whose platform the sandbox plays. */
public final class Street implements AutoCloseable {

    private static final String NAME = "channels";
    private static final String ACCOUNT = Caller.ACCOUNT;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** 微博: 用户请求频次超过上限; 企业微信: 接口调用超过限制; 微信: reach max api daily quota limit. */
    private static final int WEIBO_TOO_OFTEN = 10023;

    private static final int TOO_OFTEN = 45009;

    private final Cluster cluster;
    private final Path clock = Places.scratch().resolve(NAME + "-clock");
    private final List<GatewayNode> nodes = new ArrayList<>();
    private final List<Shop> shops = new ArrayList<>();
    private final boolean full;

    private Street(boolean full) {
        this.full = full;
        this.cluster =
                Cluster.start(
                        new Plan(
                                NAME,
                                List.of(),
                                List.of(),
                                SandboxSettings.defaults().remembering(100_000, 1_000),
                                Durability.PROCESS_DEATH,
                                List.of(),
                                Map.of()));
    }

    /**
     * Starts everything.
     *
     * @param full whether the trials take their time
     */
    public static Street open(boolean full) {
        var street = new Street(full);
        try {
            street.start();
            return street;
        } catch (RuntimeException e) {
            street.close();
            throw e;
        }
    }

    private void start() {
        Questions.write(cluster.scratch().resolve("knowledge"));
        clockAhead(Duration.ZERO);
        // Before anybody signs in: whoever is refused waits long for the next time.
        var carrier = openCarrier();
        var settings = settings();
        for (var name : List.of("channels-a", "channels-b")) {
            var flags = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
            nodes.add(cluster.node(name, flags, settings));
        }
        startNodes();
        openShops();
        Await.until(PATIENCE, () -> carrier.lines().join() == 2, () -> "the lines do not come up");
        shops.add(new CarrierShop(carrier));
    }

    /** Starts them side by side, and returns when they take callbacks. */
    void startNodes() {
        nodes.forEach(GatewayNode::launch);
        nodes.forEach(GatewayNode::awaitReady);
    }

    // --- The nodes' accounts ---------------------------------------------------------------------

    private Map<String, String> settings() {
        var all = new LinkedHashMap<String, String>();
        all.put("trials.clock", clock.toString());
        all.put("guanjia.conversation.bot-answer-life", "47h");
        all.put("guanjia.handoff.opens", "00:00");
        all.put("guanjia.handoff.closes", "00:00");
        Caller.all().forEach(caller -> put(all, caller.channel(), account(caller)));
        put(all, "sms-cmpp", carrier());
        return all;
    }

    private static void put(Map<String, String> all, String channel, Map<String, String> account) {
        account.forEach(
                (key, value) ->
                        all.put(
                                "guanjia.channels.%s.accounts[0].%s".formatted(channel, key),
                                value));
    }

    /** Both sides have it. */
    private Map<String, String> account(Caller caller) {
        var channel = caller.channel();
        var account = new HashMap<>(caller.settings());
        account.put("name", ACCOUNT);
        switch (channel) {
            case "app" -> {
                account.put("push-webhook", cluster.sandbox().address() + "/app/push/" + ACCOUNT);
                account.put("push-secret", "trial-push-secret-0123456789abcdef");
            }
            case "wecom-kf" -> {
                account.put("api-base", cluster.sandbox().address() + "/" + channel);
                account.put("history", "48h");
                account.put("sync-every", "2s");
            }
            default -> account.put("api-base", cluster.sandbox().address() + "/" + channel);
        }
        return account;
    }

    private Map<String, String> carrier() {
        var account = new HashMap<String, String>();
        account.put("name", ACCOUNT);
        account.put(
                "api-base", cluster.sandbox().platform(CmppPlatform.class).address().toString());
        account.put("source-addr", "900001");
        account.put("secret", "trial-line");
        account.put("src-id", "1069012345");
        account.put("rate", "1000");
        return account;
    }

    // --- The platforms ---------------------------------------------------------------------------

    private void openShops() {
        for (var caller : Caller.all()) {
            var account = account(caller);
            switch (caller.channel()) {
                case "wechat" -> {} // has trials of its own
                case "wecom" -> {} // its customers write to members of staff, not to us
                case "app" -> shops.add(app((AppCaller) caller, account));
                default -> shops.add(phone(caller.channel(), account));
            }
        }
    }

    private Carrier openCarrier() {
        return cluster.sandbox()
                .platform(CmppPlatform.class)
                .open(
                        new CarrierSettings(
                                ACCOUNT,
                                "900001",
                                "trial-line",
                                Version.V3_0,
                                "",
                                "1069012345",
                                16,
                                null,
                                Duration.ofSeconds(60),
                                0));
    }

    private Shop app(AppCaller caller, Map<String, String> account) {
        var platform = cluster.sandbox().platform(AppPlatform.class);
        platform.open(ACCOUNT, account, nodes.getFirst().address());
        return new AppShop(
                platform.account(ACCOUNT), caller, addresses(), cluster.sandbox().clock());
    }

    private Shop phone(String channel, Map<String, String> account) {
        var tap = new Tap(addresses());
        var platform = cluster.sandbox().platform(channel);
        platform.open(
                ACCOUNT, account, tap.address().resolve("/callbacks/" + channel + "/" + ACCOUNT));
        return switch (platform) {
            case MiniProgramPlatform program -> {
                var calls = program.program(ACCOUNT).calls();
                yield shop(
                        channel,
                        program.accounts().iterator().next(),
                        tap,
                        "message/custom/send",
                        () ->
                                calls.all().stream()
                                        .filter(call -> call.api().equals("message/custom/send"))
                                        .count(),
                        new Limit(new Effect.Status(429), MINUTE));
            }
            case WeiboPlatform weibo -> {
                var opened = weibo.account(ACCOUNT);
                yield shop(
                        channel,
                        opened,
                        tap,
                        "messages/reply",
                        () ->
                                opened.calls().all().stream()
                                        .filter(call -> call.api().equals("messages/reply"))
                                        .count(),
                        new Limit(new Effect.ErrorCode(WEIBO_TOO_OFTEN), MINUTE));
            }
            case WecomKfPlatform kf -> {
                var opened =
                        kf.accounts().stream()
                                .filter(one -> one.name().equals(ACCOUNT))
                                .findFirst()
                                .orElseThrow();
                yield shop(
                        channel,
                        opened,
                        tap,
                        "kf/send_msg",
                        () ->
                                opened.calls().all().stream()
                                        .filter(call -> call.api().equals("kf/send_msg"))
                                        .count(),
                        new Limit(new Effect.ErrorCode(TOO_OFTEN), MINUTE));
            }
            case SmsPlatform sms -> {
                SmsAccount opened = sms.account(ACCOUNT);
                yield shop(
                        channel,
                        opened,
                        tap,
                        channel.equals("sms-http") ? "messages" : "SendSms",
                        () -> opened.calls().total(),
                        new Limit(
                                new Effect.ErrorName(
                                        switch (channel) {
                                            case "sms-aliyun" -> "Throttling.User";
                                            case "sms-tencent" -> "RequestLimitExceeded";
                                            default -> "too-fast";
                                        }),
                                SECOND));
            }
            default -> throw new IllegalStateException("no trial knows of " + channel);
        };
    }

    private Shop shop(
            String channel,
            PhoneAccount account,
            Tap tap,
            String sending,
            LongSupplier sends,
            Limit limit) {
        return new PhoneShop(channel, account, tap, addresses(), sending, sends, limit);
    }

    // --- For the trials --------------------------------------------------------------------------

    /** So many in short, so many in full. */
    int of(int inShort, int inFull) {
        return full ? inFull : inShort;
    }

    boolean isFull() {
        return full;
    }

    List<Shop> shops() {
        return List.copyOf(shops);
    }

    List<GatewayNode> nodes() {
        return List.copyOf(nodes);
    }

    private List<URI> addresses() {
        return nodes.stream().map(GatewayNode::address).toList();
    }

    Database database() {
        return cluster.database();
    }

    /** Whether nothing waits to be sent any more, by one channel or, where it is null, by all. */
    boolean nothingWaits(@Nullable String channel) {
        return database()
                        .number(
                                """
                                select count(*) from delivery
                                where state in ('queued', 'held', 'sending') %s
                                """
                                        .formatted(
                                                channel == null
                                                        ? ""
                                                        : "and channel = '" + channel + "'"))
                == 0;
    }

    /** Moves the nodes' clocks and the platforms'; returns when all of them go right. */
    void clockAhead(Duration ahead) {
        ShiftedClock.set(clock, ahead);
        cluster.sandbox().clock().shiftTo(ahead);
        Await.pause(ShiftedClock.NOTICED_WITHIN);
    }

    @Override
    public void close() {
        shops.forEach(Shop::close);
        cluster.close();
    }
}
