package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.AccountCheck;
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
import io.guanjia.gateway.channel.OpenAccounts;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SMS through a provider that is called over HTTP and calls back. Thread-safe; accounts can be
 * exchanged while it works.
 *
 * @param <A> one account's settings
 */
public final class SmsChannel<A> implements Channel, ManagedAccounts<A>, AutoCloseable {

    /** Words, in whatever form the provider wants them. */
    public static final String SEND_TEXT = "send-text";

    /** A template that the provider has approved. */
    public static final String SEND_TEMPLATE = "send-template";

    private final SmsProvider<A> provider;
    private final List<A> fromSettings;
    private final ConnectionProvider connections;
    private final OpenAccounts<A, SmsLine> atWork = new OpenAccounts<>();
    private volatile Map<String, SmsLine> lines = Map.of();
    private volatile List<ChannelAccount> described = List.of();

    public SmsChannel(SmsProvider<A> provider, List<A> fromSettings) {
        this.provider = provider;
        this.fromSettings = List.copyOf(fromSettings);
        this.connections = ApiClient.connections(provider.channel());
        replaceAccounts(fromSettings);
    }

    @Override
    public String name() {
        return provider.channel();
    }

    @Override
    public String channel() {
        return provider.channel();
    }

    @Override
    public Class<A> type() {
        return provider.type();
    }

    @Override
    public List<Field> fields() {
        return provider.fields();
    }

    @Override
    public List<A> fromSettings() {
        return fromSettings;
    }

    /** Fails with {@link IllegalArgumentException} when two share a name. */
    @Override
    public void replaceAccounts(List<A> accounts) {
        var opened = atWork.replace(accounts, each -> provider.open(each, connections));
        AccountCheck.requireDifferentNames(
                provider.channel(), opened.stream().map(line -> line.described().name()).toList());
        lines =
                opened.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        line -> line.described().name(), Function.identity()));
        described = opened.stream().map(SmsLine::described).toList();
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return described;
    }

    /** No provider makes one. */
    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.error(new CallbackRejected(CallbackRejected.Kind.MALFORMED, "handshake"));
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.fromSupplier(
                () -> {
                    var line = lines.get(callback.account());
                    if (line == null) {
                        throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "account");
                    }
                    return line.read(callback);
                });
    }

    /** Nobody has to write first. */
    @Override
    public Route route(Content content) {
        return new Route(way(content), false);
    }

    /** The name of the API by which {@code content} goes. */
    public static String way(Content content) {
        return content instanceof Content.Template ? SEND_TEMPLATE : SEND_TEXT;
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    var line = lines.get(message.to().account());
                    return line == null
                            ? Mono.error(new Blocked("no such account in the settings", null, null))
                            : line.deliver(message);
                });
    }

    @Override
    public Flux<HealthSign> health(String account) {
        return Flux.defer(
                () -> {
                    var line = lines.get(account);
                    return line == null ? Flux.empty() : line.health();
                });
    }

    @Override
    public Flux<CallsLeft> callsLeft(String account) {
        return Flux.defer(
                () -> {
                    var line = lines.get(account);
                    return line == null ? Flux.empty() : line.callsLeft();
                });
    }

    /** Closes the connections to the provider. */
    @Override
    public void close() {
        connections.dispose();
    }
}
