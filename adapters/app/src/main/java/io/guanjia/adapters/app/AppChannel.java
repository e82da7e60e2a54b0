package io.guanjia.adapters.app;

import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The company's own apps and pages. There is no platform: what is delivered is a line in the
 * customer's thread, and customers come in by a door of their own. Thread-safe; accounts can be
 * exchanged while it works.
 */
public final class AppChannel implements Channel, ManagedAccounts<AppAccount>, AutoCloseable {

    public static final String NAME = "app";

    private static final Logger log = LoggerFactory.getLogger(AppChannel.class);

    private static final Duration STORED_WITHIN = Duration.ofSeconds(5);
    private static final Route ROUTE = new Route("thread", false);

    private final ConnectionProvider connections = ApiClient.connections(NAME);
    private final List<AppAccount> fromSettings;
    private final Threads threads;
    private final Presence presence;
    private final Pushes pushes;
    private final PushCounts counts;
    private final Doorbell doorbell;
    private final Gossip<TypingSign> typing;
    private final JsonMapper mapper;
    private final Clock clock;
    private volatile Map<String, Site> sites = Map.of();
    private volatile List<ChannelAccount> described = List.of();

    AppChannel(
            List<AppAccount> accounts,
            Threads threads,
            Presence presence,
            Pushes pushes,
            PushCounts counts,
            Doorbell doorbell,
            Gossip<TypingSign> typing,
            JsonMapper mapper,
            Clock clock) {
        this.fromSettings = accounts;
        this.threads = threads;
        this.presence = presence;
        this.pushes = pushes;
        this.counts = counts;
        this.doorbell = doorbell;
        this.typing = typing;
        this.mapper = mapper;
        this.clock = clock;
        replaceAccounts(accounts);
    }

    /** Somebody on our side types to a customer, or has stopped. */
    record TypingSign(Address to, boolean on) {}

    @Override
    public String name() {
        return NAME;
    }

    Optional<Site> site(String account) {
        return Optional.ofNullable(sites.get(account));
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return described;
    }

    /** Nobody calls back: customers come in by {@link AppDoor}. */
    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.error(noCallbacks());
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.error(noCallbacks());
    }

    private static CallbackRejected noCallbacks() {
        return new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "no-callbacks");
    }

    @Override
    public Route route(Content content) {
        return ROUTE;
    }

    @Override
    public boolean canSay(String account, Content content) {
        return site(account).filter(site -> site.canSay(content)).isPresent();
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    var site = sites.get(message.to().account());
                    if (site == null) {
                        return Mono.error(new Blocked("no such account", null, null));
                    }
                    var kind = Kind.toSend(message.content());
                    if (kind == null || !site.settings().described().capabilities().canSend(kind)) {
                        return Mono.error(new Refused("apps cannot show this"));
                    }
                    return stored(message)
                            .flatMap(line -> tell(site, message, line))
                            .thenReturn(new Accepted(message.deliveryId()));
                });
    }

    /** Storing it again does nothing, so whatever fails here is tried again. */
    private Mono<Threads.Appended> stored(OutboundMessage message) {
        return threads.append(message)
                .timeout(STORED_WITHIN)
                .switchIfEmpty(Mono.error(() -> new Refused("no such delivery")))
                .onErrorMap(
                        failure -> !(failure instanceof DeliveryException),
                        failure -> new Unavailable("not stored"));
    }

    /** Never fails: the message is the customer's already, whoever may be told of it. */
    private Mono<Void> tell(Site site, OutboundMessage message, Threads.Appended line) {
        var ring = doorbell.ring(List.of(line.conversation()));
        return site.pushOf(message, line).map(push -> ring.then(pushUnlessHere(push))).orElse(ring);
    }

    /** {@link Pushing} makes it, in its own time. */
    private Mono<Void> pushUnlessHere(Push push) {
        return presence.here(push.customer())
                .filter(here -> !here)
                .flatMap(_ -> pushes.expect(push).timeout(STORED_WITHIN))
                .onErrorResume(
                        failure -> {
                            var account = push.customer().account();
                            counts.count(account, PushCounts.Outcome.LOST);
                            log.warn(
                                    "A push of app account {} is lost: {}",
                                    account,
                                    failure.getClass().getSimpleName());
                            return Mono.empty();
                        });
    }

    /**
     * Nobody is told any more who was not yet. The thread shows that it was taken back once that is
     * on record, and {@link AppNews} says so to whoever has it.
     */
    @Override
    public Mono<Void> recall(Address to, String deliveryId, Accepted accepted) {
        return pushes.done(UUID.fromString(deliveryId))
                .timeout(STORED_WITHIN)
                .onErrorMap(failure -> new Unavailable("not stored"));
    }

    @Override
    public Mono<Void> typing(Address to, boolean on) {
        return threads.ownerOf(to).flatMap(owner -> typing.tell(new TypingSign(owner, on)));
    }

    @Override
    public Flux<HealthSign> health(String account) {
        return Flux.defer(() -> site(account).map(Site::health).orElseGet(Flux::empty));
    }

    // --- Accounts -------------------------------------------------------------------------------

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public Class<AppAccount> type() {
        return AppAccount.class;
    }

    @Override
    public boolean calledBack() {
        return false;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("name", "名称"),
                        Field.secret("session-key", "会话密钥"),
                        Field.choice("token-algorithm", "登录令牌签名算法", "HS256", "RS256", "ES256"),
                        Field.secret("token-key", "登录令牌密钥或公钥").optional(),
                        Field.text("token-issuer", "登录令牌签发方(iss)").optional(),
                        Field.text("token-audience", "登录令牌受众(aud)").optional(),
                        Field.flag("visitors", "允许未登录访客"),
                        Field.text("origins", "允许嵌入的网页来源").optional(),
                        Field.number("uploads-per-day", "每位客户每天上传文件数"),
                        Field.text("upload-size-per-day", "每位客户每天上传总量").optional(),
                        Field.text("push-webhook", "离线推送地址").optional(),
                        Field.secret("push-secret", "离线推送签名密钥").optional())
                .advanced(Field.text("visitor-life", "访客身份有效期"), "180d")
                .advanced(Field.text("recall-within", "撤回时限"), "2m")
                .timeout("5s")
                .fields();
    }

    @Override
    public List<AppAccount> fromSettings() {
        return fromSettings;
    }

    @Override
    public void replaceAccounts(List<AppAccount> accounts) {
        AppSettings.requireDifferentNames(accounts);
        var before = sites;
        sites =
                accounts.stream()
                        .map(account -> unchanged(before, account))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        site -> site.settings().name(), Function.identity()));
        described = accounts.stream().map(AppAccount::described).toList();
    }

    /** Its sockets notice when an account has changed, and not otherwise. */
    private Site unchanged(Map<String, Site> before, AppAccount account) {
        var same = before.get(account.name());
        return same != null && same.settings().equals(account)
                ? same
                : new Site(account, connections, mapper, clock);
    }

    /** Closes the connections to push services. */
    @Override
    public void close() {
        connections.dispose();
    }
}
