package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.wechat.callback.Endpoint;
import io.guanjia.sandbox.wechat.message.Action;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One account with everything the platform holds about it. Safe for use by several threads.
 *
 * <pre>{@code
 * var outcome = sandbox.wechat("demo").customer("李雷").says("你好");
 * assertThat(outcome.acknowledged()).isTrue();
 * assertThat(sandbox.wechat("demo").customer("李雷").reads()).containsExactly("您好！");
 * }</pre>
 */
public final class WechatAccount {

    private static final int CHAT_KEPT_OF_EXTRAS = 20;

    private final PlatformParts parts;
    private final Followers followers = new Followers(this);
    private final Map<String, MessageTemplate> templates = new ConcurrentHashMap<>();
    private final List<Consumer<CallbackOutcome>> callbackListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ApiCall>> callListeners = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private final Callbacks callbacks;
    private final Faults faults;
    private final MediaStore media;
    private final History<CallbackOutcome> outcomes;
    private final History<ApiCall> calls;
    private final Sending sending;
    private volatile AccountSettings settings;
    private volatile Endpoint endpoint;
    private volatile Tokens tokens;
    private volatile Quotas quotas;
    private volatile @Nullable String menu;
    private volatile @Nullable Rush latestRush;

    WechatAccount(AccountSettings settings, PlatformParts parts) {
        this.settings = settings;
        this.endpoint = settings.endpoint();
        this.parts = parts;
        this.tokens = new Tokens(parts.clock(), settings.limits());
        this.quotas = new Quotas(parts.clock(), settings.limits().perDay());
        this.faults = new Faults(parts.seed());
        this.media = new MediaStore(parts.clock(), settings.limits().mediaLife());
        this.outcomes = new History<>(parts.historySize());
        this.calls = new History<>(parts.historySize());
        this.callbacks = new Callbacks(this, parts.sender(), parts.clock(), parts.seed());
        this.sending = new Sending(this, parts.resultDelay());
    }

    public String name() {
        return settings.name();
    }

    public AccountSettings settings() {
        return settings;
    }

    /** What it is an account of. */
    public Product product() {
        return parts.product();
    }

    /**
     * Changes the account as its owner would in the platform's console. Followers stay; another
     * secret ends all tokens, other limits begin the day's quotas anew.
     */
    public synchronized void change(AccountSettings changed) {
        if (!changed.name().equals(name()) || !changed.appId().equals(settings.appId())) {
            throw new IllegalArgumentException("name and appId of an account do not change");
        }
        var before = settings;
        endpoint = changed.endpoint();
        settings = changed;
        if (!changed.limits().equals(before.limits())) {
            tokens = new Tokens(parts.clock(), changed.limits());
            quotas = new Quotas(parts.clock(), changed.limits().perDay());
        } else if (!before.hasSecret(changed.secret())) {
            tokens.revokeAll();
        }
        publish("accounts", "");
    }

    /** What {@code clear_quota} does. Returns false when it was done ten times this month. */
    public boolean clearQuotas() {
        return quotas.clear();
    }

    /** Counts a call. Returns false when the API has none left today. */
    public boolean takeQuota(String api) {
        return quotas.take(api);
    }

    /** What is wrong with an access token; empty when it is good. */
    public Optional<WechatError> check(String token) {
        return tokens.check(token);
    }

    // Customers

    /** The follower of that name, who is one already when asked for the first time. */
    public Customer customer(String name) {
        return followers.named(name, true, parts.chatKept());
    }

    /** Someone who does not follow the account when asked for the first time. */
    public Customer stranger(String name) {
        return followers.named(name, false, parts.chatKept());
    }

    /** One of so many that nobody will read all their chats. */
    Customer extra(String name) {
        return followers.named(name, true, Math.min(parts.chatKept(), CHAT_KEPT_OF_EXTRAS));
    }

    /** Lets many customers write at once. */
    public Rush rush(Rush.Plan plan) {
        var begun = new Rush(this, plan).begin();
        latestRush = begun;
        return begun;
    }

    /** The rush that began last, or null. */
    public @Nullable Rush latestRush() {
        return latestRush;
    }

    /** The customer with that openid, or null. */
    public @Nullable Customer withOpenId(String openId) {
        return followers.withOpenId(openId);
    }

    /** Everybody who was ever asked for, in no order. */
    public Collection<Customer> customers() {
        return followers.all();
    }

    // What happened

    /** The latest callbacks, in the order in which they ended. */
    public History<CallbackOutcome> callbacks() {
        return outcomes;
    }

    /** The latest calls of the account's server. */
    public History<ApiCall> calls() {
        return calls;
    }

    public Counters counters() {
        return counters;
    }

    /** Is told of every callback that ends. Must be quick; called on any thread. */
    public void onCallback(Consumer<CallbackOutcome> listener) {
        callbackListeners.add(listener);
    }

    /** Is told of every call of the account's server. Must be quick; called on any thread. */
    public void onCall(Consumer<ApiCall> listener) {
        callListeners.add(listener);
    }

    // What it has

    public Faults faults() {
        return faults;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Quotas quotas() {
        return quotas;
    }

    public MediaStore media() {
        return media;
    }

    /** Sending, under the platform's rules. */
    public Sending sending() {
        return sending;
    }

    /** The templates by id. While there are none, every id is taken for a template's. */
    public Map<String, MessageTemplate> templates() {
        return Map.copyOf(templates);
    }

    /** Sets a template up. */
    public void add(MessageTemplate template) {
        templates.put(template.id(), template);
    }

    /** The menu as JSON, as it was given to {@code menu/create}, or null. */
    public @Nullable String menu() {
        return menu;
    }

    /** Sets the menu; null takes it away. */
    public void menu(@Nullable String json) {
        menu = json;
        publish("accounts", "");
    }

    /** Checks the callback address as the console does when it is saved. Blocks nobody. */
    public Mono<Boolean> verify() {
        return parts.sender().verify(endpoint);
    }

    /** Forgets customers, histories, faults, media, tokens and counters. */
    public synchronized void reset() {
        followers.clear();
        faults.clear();
        media.clear();
        outcomes.clear();
        calls.clear();
        counters.reset();
        tokens = new Tokens(parts.clock(), settings.limits());
        quotas = new Quotas(parts.clock(), settings.limits().perDay());
        publish("customers", "");
    }

    /** Tells pages to read the faults again. */
    public void faultsChanged() {
        publish("faults", "");
    }

    // For the rest of the platform

    Instant now() {
        return parts.clock().instant();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Callbacks reporting() {
        return callbacks;
    }

    /** Where a picture that somebody sent or was sent can be seen. */
    public String pictureAddress(String mediaId) {
        return parts.pictures().address(mediaId);
    }

    CompletableFuture<CallbackOutcome> report(Customer customer, Action action) {
        var future = new CompletableFuture<CallbackOutcome>();
        callbacks
                .report(customer, action)
                .subscribe(future::complete, future::completeExceptionally);
        return future;
    }

    /** Runs something that nobody waits for. */
    void run(Mono<?> work) {
        work.subscribe();
    }

    CallbackOutcome ended(
            Customer customer, Action action, LongFunction<CallbackOutcome> numbered) {
        var outcome = outcomes.add(numbered);
        counters.ended(outcome);
        customer.hears(action, outcome.answer());
        callbackListeners.forEach(listener -> listener.accept(outcome));
        publish("callbacks", "");
        return outcome;
    }

    /** Records a call. */
    public void called(LongFunction<ApiCall> numbered) {
        var call = calls.add(numbered);
        counters.called(call.api(), call.code());
        callListeners.forEach(listener -> listener.accept(call));
        publish("calls", "");
    }

    void shown(Customer customer, Via via) {
        counters.shown(via);
        publish("chat", customer.openId());
    }

    void publish(String what, String party) {
        parts.changes().publish(new Change(parts.product().channel(), name(), what, party));
    }
}
