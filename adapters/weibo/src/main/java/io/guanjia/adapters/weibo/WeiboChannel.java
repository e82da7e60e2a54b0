package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.OpenAccounts;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Weibo accounts with 粉丝服务平台 in 开发者模式. Thread-safe; accounts can be exchanged while it works. */
public final class WeiboChannel implements Channel, ManagedAccounts<WeiboAccount>, AutoCloseable {

    public static final String NAME = "weibo";

    private static final Route ROUTE = new Route(FansServiceApi.REPLY, true);

    private final ConnectionProvider connections = ApiClient.connections(NAME);
    private final List<WeiboAccount> fromSettings;
    private final JsonMapper json;
    private final Clock clock;
    private final OpenAccounts<WeiboAccount, FansAccount> atWork = new OpenAccounts<>();
    private volatile Map<String, FansAccount> accounts = Map.of();
    private volatile List<ChannelAccount> described = List.of();

    WeiboChannel(List<WeiboAccount> accounts, JsonMapper json, Clock clock) {
        this.fromSettings = List.copyOf(accounts);
        this.json = json;
        this.clock = clock;
        replaceAccounts(accounts);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public Class<WeiboAccount> type() {
        return WeiboAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("uid", "微博UID").optional(),
                        Field.text("app-key", "App Key"),
                        Field.secret("app-secret", "App Secret"),
                        Field.secret("access-token", "access_token"),
                        Field.address("api-base", "接口地址").optional(),
                        Field.text("article-image", "图文默认图片").optional(),
                        Field.text("callback-max-age", "回调最大时差").optional())
                .advanced(Field.address("upload-base", "文件接口地址"), null)
                .advanced(Field.address("auth-base", "授权接口地址"), null)
                .timeout("5s")
                .answerWithin("2s")
                .windows(WeiboAccount.WINDOWS)
                .pace(WeiboAccount.PACE)
                .fields();
    }

    @Override
    public List<WeiboAccount> fromSettings() {
        return fromSettings;
    }

    /** Fails with {@link IllegalArgumentException} when two share a name. */
    @Override
    public void replaceAccounts(List<WeiboAccount> settings) {
        WeiboSettings.requireDifferentNames(settings);
        accounts =
                atWork
                        .replace(
                                settings,
                                account -> new FansAccount(account, connections, json, clock))
                        .stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        account -> account.settings().name(), Function.identity()));
        described = settings.stream().map(WeiboAccount::described).toList();
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return described;
    }

    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.fromSupplier(() -> reader(callback).handshake(callback));
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.fromSupplier(() -> reader(callback).read(callback));
    }

    @Override
    public boolean canSay(String account, Content content) {
        var found = accounts.get(account);
        return found != null && found.canSay(content);
    }

    @Override
    public Route route(Content content) {
        return ROUTE;
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(() -> require(message.to()).deliver(message));
    }

    @Override
    public Flux<HealthSign> health(String account) {
        return Mono.justOrEmpty(accounts.get(account)).flatMap(FansAccount::health).flux();
    }

    @Override
    public Flux<CallsLeft> callsLeft(String account) {
        return Mono.justOrEmpty(accounts.get(account)).flatMapMany(FansAccount::callsLeft);
    }

    @Override
    public <T> Mono<T> fetch(Address from, Media media, Function<MediaStream, Mono<T>> use) {
        return Mono.defer(
                () -> {
                    var account = accounts.get(from.account());
                    return account == null
                            ? Mono.error(new MediaUnavailable("no such account", false))
                            : account.downloads().fetch(media, use);
                });
    }

    /** Closes the connections to the platform. */
    @Override
    public void close() {
        connections.dispose();
    }

    private CallbackReader reader(Callback callback) {
        @Nullable FansAccount account = accounts.get(callback.account());
        if (account == null) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "account");
        }
        return account.callbacks();
    }

    private FansAccount require(Address address) {
        @Nullable FansAccount account = accounts.get(address.account());
        if (account == null) {
            throw new Blocked("no such account in the settings", null, null);
        }
        return account;
    }
}
