package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.AccountCheck;
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
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.WeixinAccount.Surroundings;
import io.guanjia.weixin.callback.CallbackGate;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A channel of accounts that speak the platform's API. Thread-safe; accounts can be exchanged while
 * it works.
 *
 * @param <S> the settings of one account
 * @param <A> one account at work
 */
public abstract class WeixinChannel<S, A extends WeixinChannel.Working>
        implements Channel, ManagedAccounts<S>, AutoCloseable {

    /** One account at work. */
    public interface Working {

        ChannelAccount described();

        CallbackGate gate();

        /** What a callback brings and how to answer it. Fails with {@link CallbackRejected}. */
        Reading read(Callback callback);

        /** As {@link Channel#deliver}. */
        Mono<Accepted> deliver(OutboundMessage message);

        WeixinAccount platform();
    }

    private final String name;
    private final List<S> fromSettings;
    private final Surroundings around;
    private final BiFunction<S, Surroundings, A> open;
    private final OpenAccounts<S, A> atWork = new OpenAccounts<>();
    private volatile Map<String, A> accounts;
    private volatile List<ChannelAccount> described;

    /**
     * @param around closed with the channel
     * @param open puts one account to work
     */
    protected WeixinChannel(
            String name,
            List<S> fromSettings,
            Surroundings around,
            BiFunction<S, Surroundings, A> open) {
        this.name = name;
        this.fromSettings = List.copyOf(fromSettings);
        this.around = around;
        this.open = open;
        this.accounts = opened(fromSettings);
        this.described = described(accounts);
    }

    private Map<String, A> opened(List<S> settings) {
        var working = atWork.replace(settings, one -> open.apply(one, around));
        AccountCheck.requireDifferentNames(
                name, working.stream().map(one -> one.described().name()).toList());
        return working.stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                one -> one.described().name(), Function.identity()));
    }

    /** The account of that name, null where there is none. */
    protected final @Nullable A find(String account) {
        return accounts.get(account);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String channel() {
        return name;
    }

    @Override
    public final List<S> fromSettings() {
        return fromSettings;
    }

    /** Fails with {@link IllegalArgumentException} when two share a name. */
    @Override
    public final void replaceAccounts(List<S> settings) {
        var opened = opened(settings);
        accounts = opened;
        described = described(opened);
    }

    private static List<ChannelAccount> described(Map<String, ? extends Working> accounts) {
        return accounts.values().stream().map(Working::described).toList();
    }

    @Override
    public final Collection<ChannelAccount> accounts() {
        return described;
    }

    @Override
    public final Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.fromSupplier(() -> called(callback).gate().handshake(callback));
    }

    @Override
    public final Mono<Reading> read(Callback callback) {
        return Mono.fromSupplier(() -> called(callback).read(callback));
    }

    @Override
    public final Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    var account = find(message.to().account());
                    return account == null
                            ? Mono.error(new Blocked("no such account in the settings", null, null))
                            : account.deliver(message);
                });
    }

    @Override
    public final Flux<HealthSign> health(String account) {
        return Flux.defer(
                () -> {
                    var found = find(account);
                    return found == null ? Flux.empty() : found.platform().health();
                });
    }

    @Override
    public final Flux<CallsLeft> callsLeft(String account) {
        return Flux.defer(
                () -> {
                    var found = find(account);
                    return found == null ? Flux.empty() : found.platform().callsLeft();
                });
    }

    @Override
    public final Mono<Void> typing(Address to, boolean on) {
        return Mono.defer(
                () -> {
                    var account = find(to.account());
                    return account == null
                            ? Mono.empty()
                            : account.platform().typing(to.party(), on);
                });
    }

    @Override
    public final <T> Mono<T> fetch(Address from, Media media, Function<MediaStream, Mono<T>> use) {
        return Mono.defer(
                () -> {
                    var account = find(from.account());
                    return account == null
                            ? Mono.error(new MediaUnavailable("no such account", false))
                            : account.platform().fetch(media, use);
                });
    }

    /** Closes the connections to the platform. */
    @Override
    public final void close() {
        around.connections().dispose();
    }

    private A called(Callback callback) {
        var account = find(callback.account());
        if (account == null) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "account");
        }
        return account;
    }
}
