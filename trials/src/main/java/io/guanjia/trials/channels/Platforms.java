package io.guanjia.trials.channels;

import io.guanjia.cmpp.protocol.Version;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.app.AppPlatform;
import io.guanjia.sandbox.cmpp.CarrierSettings;
import io.guanjia.sandbox.cmpp.CmppPlatform;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.miniprogram.MiniProgramPlatform;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.sms.SmsPlatform;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPhone;
import io.guanjia.sandbox.wecom.WecomKfPlatform;
import io.guanjia.sandbox.wecom.WecomPlatform;
import io.guanjia.sandbox.weibo.WeiboPlatform;
import io.guanjia.trials.caller.AppCaller;
import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.channels.Shop.Errand;
import io.guanjia.trials.process.Tap;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** An account of every platform that the sandbox plays, and the same account for the nodes. */
final class Platforms {

    private static final String ACCOUNT = Caller.ACCOUNT;

    private final Sandbox sandbox;

    Platforms(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    // --- What the nodes know of them -------------------------------------------------------------

    /** The nodes' accounts. */
    Map<String, String> settings() {
        var all = new LinkedHashMap<String, String>();
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
        account.put("api-base", sandbox.address() + "/" + channel);
        switch (channel) {
            case "app" -> {
                account.remove("api-base");
                account.put("push-webhook", sandbox.address() + "/app/push/" + ACCOUNT);
                account.put("push-secret", "trial-push-secret-0123456789abcdef");
            }
            case "wecom-kf" -> {
                account.put("history", "48h");
                account.put("sync-every", "2s");
            }
            // No two accounts share an AppID, or they would share their access tokens.
            case "wechat" -> account.put("app-id", "wx0000000000street");
            default -> {}
        }
        return account;
    }

    private Map<String, String> carrier() {
        var account = new HashMap<String, String>();
        account.put("name", ACCOUNT);
        account.put("api-base", sandbox.platform(CmppPlatform.class).address().toString());
        account.put("source-addr", "900001");
        account.put("secret", "trial-line");
        account.put("src-id", "1069012345");
        account.put("rate", "1000");
        return account;
    }

    // --- What customers see of them --------------------------------------------------------------

    /**
     * Opens them to their customers. Before the nodes start: whom a platform does not know yet it
     * refuses, and is left alone for a while.
     *
     * @param nodes where they will be
     */
    List<Shop> open(List<URI> nodes) {
        var shops = new ArrayList<Shop>();
        for (var caller : Caller.all()) {
            var account = account(caller);
            switch (caller.channel()) {
                case "app" -> shops.add(app((AppCaller) caller, account, nodes));
                case "wechat" -> shops.add(wechat(account, new Tap(nodes), nodes));
                default -> shops.add(phone(caller.channel(), account, new Tap(nodes), nodes));
            }
        }
        shops.add(carrierShop());
        return shops;
    }

    private Shop app(AppCaller caller, Map<String, String> account, List<URI> nodes) {
        var platform = sandbox.platform(AppPlatform.class);
        platform.open(ACCOUNT, account, nodes.getFirst());
        return new AppShop(platform.account(ACCOUNT), caller, nodes, sandbox.clock());
    }

    private Shop wechat(Map<String, String> account, Tap tap, List<URI> nodes) {
        var settings =
                AccountSettings.named(ACCOUNT, callbacks("wechat", tap))
                        .with(
                                required(account, "app-id"),
                                required(account, "secret"),
                                required(account, "token"),
                                required(account, "aes-key"));
        return weixin("wechat", sandbox.wechat().open(settings), tap, nodes);
    }

    private static String required(Map<String, String> account, String key) {
        return Objects.requireNonNull(account.get(key), key);
    }

    private static URI callbacks(String channel, Tap tap) {
        return tap.address().resolve("/callbacks/" + channel + "/" + ACCOUNT);
    }

    private static Shop weixin(String channel, WechatAccount account, Tap tap, List<URI> nodes) {
        var api = "message/custom/send";
        var phone = new WechatPhone(account);
        return new PhoneShop(
                channel,
                phone,
                tap,
                nodes,
                api,
                () -> account.counters().snapshot().calls().getOrDefault(api, 0L),
                false,
                errands("stable_token", () -> account.tokens().expireAll(), phone));
    }

    /** A token when the last one has ended, and files. */
    private static List<Errand> errands(String token, Runnable end, PhoneAccount account) {
        var picture = picture("media/get", account);
        return List.of(
                // Fetching a file needs one, whether or not anything is sent just now.
                new Errand(
                        token,
                        false,
                        () -> {
                            end.run();
                            picture.begin().run();
                        }),
                picture);
    }

    /** A customer who sends one, which we fetch by that API. */
    private static Errand picture(String api, PhoneAccount account) {
        var customers = new AtomicInteger();
        return new Errand(
                api,
                true,
                () ->
                        PhoneShop.does(
                                account.meet("picture-" + customers.incrementAndGet())
                                        .does("image", Map.of())));
    }

    private Shop phone(String channel, Map<String, String> settings, Tap tap, List<URI> nodes) {
        var platform = sandbox.platform(channel);
        platform.open(ACCOUNT, settings, callbacks(channel, tap));
        return switch (platform) {
            case MiniProgramPlatform programs ->
                    weixin(channel, programs.program(ACCOUNT), tap, nodes);
            case WeiboPlatform weibo -> {
                var account = weibo.account(ACCOUNT);
                var api = "messages/reply";
                var sends = count(account.calls(), call -> call.api().equals(api));
                var errands = List.of(picture("mss/msget", account));
                yield new PhoneShop(channel, account, tap, nodes, api, sends, false, errands);
            }
            case WecomKfPlatform kf -> {
                var account = one(kf.accounts());
                var api = "kf/send_msg";
                var sends = count(account.calls(), call -> call.api().equals(api));
                var errands =
                        new ArrayList<>(errands("gettoken", () -> kf.expireTokens(), account));
                // What customers write is fetched as soon as they do.
                errands.add(new Errand("kf/sync_msg", false, () -> {}));
                yield new PhoneShop(channel, account, tap, nodes, api, sends, true, errands);
            }
            case WecomPlatform wecom -> {
                var account = wecom.require(ACCOUNT);
                var api = "message/send";
                var sends = count(account.calls(), call -> call.api().equals(api));
                var members = new Members(account);
                var errands = errands("gettoken", () -> wecom.expireTokens(), members);
                yield new PhoneShop(channel, members, tap, nodes, api, sends, false, errands);
            }
            case SmsPlatform sms -> {
                var account = sms.account(ACCOUNT);
                var api = channel.equals("sms-http") ? "messages" : "SendSms";
                var sends = count(account.calls(), call -> call.api().equals(api));
                yield new PhoneShop(channel, account, tap, nodes, api, sends, false, List.of());
            }
            default -> throw new IllegalStateException("no trial knows of " + channel);
        };
    }

    private static <T> T one(Iterable<T> accounts) {
        return accounts.iterator().next();
    }

    private static <T> LongSupplier count(History<T> calls, Predicate<T> sends) {
        return () -> calls.all().stream().filter(sends).count();
    }

    private Shop carrierShop() {
        var carrier =
                sandbox.platform(CmppPlatform.class)
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
        return new CarrierShop(carrier);
    }
}
