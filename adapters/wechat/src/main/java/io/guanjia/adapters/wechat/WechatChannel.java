package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** WeChat official accounts. Thread-safe; accounts can be exchanged while it works. */
public final class WechatChannel implements Channel, AutoCloseable {

    public static final String NAME = "wechat";

    private final ConnectionProvider connections;
    private final OfficialAccount.Surroundings around;
    private volatile Map<String, OfficialAccount> accounts = Map.of();

    WechatChannel(
            List<WechatAccount> accounts,
            SharedTokens tokens,
            MediaStore files,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {
        this.connections = WechatHttp.connections();
        this.around =
                new OfficialAccount.Surroundings(
                        tokens, files, connections, strangers, json, clock);
        replaceAccounts(accounts);
    }

    /**
     * Works with these accounts from now on. What is under way with another ends as it began. Fails
     * with {@link IllegalArgumentException} when two share a name.
     */
    public void replaceAccounts(List<WechatAccount> settings) {
        WechatSettings.requireDifferentNames(settings);
        accounts =
                settings.stream()
                        .map(account -> new OfficialAccount(account, around))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        account -> account.settings().name(), Function.identity()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return accounts.values().stream().map(account -> account.settings().described()).toList();
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
    public Route route(Content content) {
        if (content instanceof Content.Template template) {
            return switch (template.kind()) {
                case NOTIFICATION -> new Route(Api.TEMPLATE_SEND.label(), false);
                case SUBSCRIPTION -> new Route(Api.SUBSCRIBE_SEND.label(), false);
            };
        }
        return new Route(Api.CUSTOM_SEND.label(), true);
    }

    @Override
    public boolean canSay(String account, Content content) {
        var found = accounts.get(account);
        return found != null && found.canSay(content);
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(() -> require(message.to()).deliver(message));
    }

    @Override
    public Mono<Void> typing(Address to, boolean on) {
        return Mono.defer(
                () -> {
                    var account = accounts.get(to.account());
                    return account == null ? Mono.empty() : account.typing(to.party(), on);
                });
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
        @Nullable OfficialAccount account = accounts.get(callback.account());
        if (account == null) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "account");
        }
        return account.callbacks();
    }

    private OfficialAccount require(Address address) {
        @Nullable OfficialAccount account = accounts.get(address.account());
        if (account == null) {
            throw new Blocked("no such account in the settings", null, null);
        }
        return account;
    }
}
