package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CallbackFields;
import io.guanjia.adapters.wecom.CorpCallbacks.Opened;
import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.OpenAccounts;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * 微信客服. A callback only says that there is something to fetch, so it is acknowledged and {@link
 * KfSync} fetches. Thread-safe; accounts can be exchanged while it works.
 */
public final class WecomKfChannel
        implements Channel, ManagedAccounts<WecomKfAccount>, AutoCloseable {

    public static final String NAME = "wecom-kf";

    private static final String NEWS = "kf_msg_or_event";

    private final List<WecomKfAccount> fromSettings;
    private final ConnectionProvider connections;
    private final KfDesk.Surroundings around;
    private final KfSync sync = new KfSync(this::desks);
    private final OpenAccounts<WecomKfAccount, KfDesk> atWork = new OpenAccounts<>();
    private volatile Map<String, KfDesk> desks = Map.of();
    private volatile List<ChannelAccount> described = List.of();

    WecomKfChannel(
            List<WecomKfAccount> accounts,
            SharedTokens tokens,
            MediaStore files,
            Cursors cursors,
            Intake intake,
            OneTimeCodes codes,
            Clock clock) {
        this.fromSettings = List.copyOf(accounts);
        this.connections = ApiClient.connections(NAME);
        this.around =
                new KfDesk.Surroundings(tokens, files, cursors, intake, codes, connections, clock);
        replaceAccounts(accounts);
    }

    // --- Accounts --------------------------------------------------------------------------------

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public Class<WecomKfAccount> type() {
        return WecomKfAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("corp-id", "企业ID"),
                        Field.secret("secret", "Secret"),
                        Field.secret("token", "Token"),
                        Field.secret("aes-key", "EncodingAESKey"),
                        Field.text("open-kfid", "客服账号ID"),
                        Field.choice("person", "人工接待", "desk", "servicers"),
                        Field.text("servicer-userid", "接待人员userid").optional(),
                        Field.flag("end-session", "结束会话"),
                        Field.address("api-base", "接口地址").optional())
                .timeout("5s")
                .advanced(Field.text("sync-every", "消息拉取间隔"), "30s")
                .advanced(Field.text("history", "首次读取范围"), "1h")
                .windows(WecomKfAccount.WINDOWS)
                .pace(WecomKfAccount.PACE)
                .fields();
    }

    @Override
    public List<WecomKfAccount> fromSettings() {
        return fromSettings;
    }

    @Override
    public void replaceAccounts(List<WecomKfAccount> settings) {
        WecomKfSettings.requireDifferentNames(settings);
        desks =
                atWork.replace(settings, account -> new KfDesk(account, around)).stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        desk -> desk.settings().name(), Function.identity()));
        described = settings.stream().map(WecomKfAccount::described).toList();
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return described;
    }

    /** What fetches; for whoever starts and stops it. */
    KfSync sync() {
        return sync;
    }

    private Collection<KfDesk> desks() {
        return desks.values();
    }

    // --- In --------------------------------------------------------------------------------------

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.fromSupplier(() -> require(callback).callbacks().handshake(callback));
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.fromSupplier(
                () -> {
                    var desk = require(callback);
                    var opened = desk.callbacks().open(callback);
                    return new Reading(inbound(callback, desk, opened), Acknowledged.INSTANCE);
                });
    }

    /** News bring nothing themselves. Any other event is kept as it is. */
    private List<Inbound> inbound(Callback callback, KfDesk desk, Opened opened) {
        var xml = opened.xml();
        var event = xml.text("Event").strip().toLowerCase(Locale.ROOT);
        if (!event.equals(NEWS)) {
            return List.of(other(callback, opened, event));
        }
        // One address serves all accounts of a corporation.
        var kfid = xml.text("OpenKfId").strip();
        var corp = desk.settings().corpId();
        desks.values().stream()
                .filter(one -> one.settings().isThatOf(corp, kfid))
                .forEach(one -> sync.ring(one, xml.text("Token").strip()));
        return List.of();
    }

    @Override
    public Optional<OneTimeCodes.Code> codeOf(InboundMessage message) {
        return EventItems.welcome(message);
    }

    private static InboundMessage other(Callback callback, Opened opened, String event) {
        return CallbackFields.event(
                callback,
                opened,
                CallbackFields.NOBODY,
                event.isEmpty()
                        ? new Content.Unreadable(opened.raw())
                        : new Event.Other(event, CallbackFields.all(opened.xml())),
                null);
    }

    @Override
    public <T> Mono<T> fetch(Address from, Media media, Function<MediaStream, Mono<T>> use) {
        return Mono.defer(
                () -> {
                    var desk = desks.get(from.account());
                    return desk == null
                            ? Mono.error(new MediaUnavailable("no such account", false))
                            : desk.media().fetch(media, use);
                });
    }

    private KfDesk require(Callback callback) {
        @Nullable KfDesk desk = desks.get(callback.account());
        if (desk == null) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "account");
        }
        return desk;
    }

    // --- Out -------------------------------------------------------------------------------------

    @Override
    public boolean canSay(String account, Content content) {
        return KfMessage.fits(content);
    }

    @Override
    public Optional<Content.Native> told(String account, Handing handing) {
        @Nullable KfDesk desk = desks.get(account);
        return desk == null ? Optional.empty() : ServiceState.told(desk.settings(), handing);
    }

    @Override
    public Route route(Content content) {
        return ServiceState.isChange(content)
                ? new Route(ServiceState.LABEL, false)
                : new Route(Sending.LABEL, true);
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    @Nullable KfDesk desk = desks.get(message.to().account());
                    return desk == null
                            ? Mono.error(new Blocked("no such account in the settings", null, null))
                            : desk.sending().deliver(message);
                });
    }

    @Override
    public Flux<HealthSign> health(String account) {
        return Flux.defer(
                () -> {
                    @Nullable KfDesk desk = desks.get(account);
                    return desk == null ? Flux.empty() : desk.health();
                });
    }

    /** Closes the connections to the platform. */
    @Override
    public void close() {
        connections.dispose();
    }

    /** The platform takes any answer with status 200 and shows nobody what it says. */
    private enum Acknowledged implements Reading.Answers {
        INSTANCE;

        @Override
        public CallbackResponse acknowledgement() {
            return CallbackResponse.text("success");
        }

        @Override
        public Optional<CallbackResponse> passively(Content content) {
            return Optional.empty();
        }
    }
}
