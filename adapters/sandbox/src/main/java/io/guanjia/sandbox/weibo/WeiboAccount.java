package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.quota.CallQuotas;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * One account with 粉丝服务 and everything the platform holds about it. Safe for use by several
 * threads.
 */
public final class WeiboAccount implements PhoneAccount {

    private final String name;
    private final Credentials credentials;
    private final URI callback;
    private final Surroundings around;
    private final Callbacks callbacks;
    private final Faults faults;
    private final Instant authorisedAt;
    private final Files files = new Files();
    private final Map<String, WeiboUser> users = new ConcurrentHashMap<>();
    private final History<CallbackOutcome> outcomes;
    private final History<ApiCall> calls;
    private volatile TokenState token = TokenState.GOOD;
    private volatile Patience patience = Patience.OF_THE_PLATFORM;
    private volatile HourlyLimits limits;

    /** What has become of the access token. */
    public enum TokenState {
        GOOD,
        /** It has come to the end of its life. */
        EXPIRED,
        /** Its owner took it back. */
        REVOKED
    }

    WeiboAccount(
            String name,
            Credentials credentials,
            URI callback,
            Surroundings around,
            CallbackSender sender) {
        this.name = name;
        this.credentials = credentials;
        this.callback = callback;
        this.around = around;
        this.callbacks = new Callbacks(this, sender, around.seed());
        this.faults = new Faults(around.seed());
        this.authorisedAt = around.clock().instant();
        this.outcomes = new History<>(around.historySize());
        this.calls = new History<>(around.historySize());
        this.limits = new HourlyLimits(around.clock());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return "@" + name;
    }

    @Override
    public List<WeiboUser> customers() {
        return users.values().stream().sorted(Comparator.comparing(WeiboUser::since)).toList();
    }

    /** Somebody of that name, who does not follow the account when asked for the first time. */
    @Override
    public WeiboUser meet(String customer) {
        var uid = WeiboUser.uidOf(customer);
        var user =
                users.computeIfAbsent(
                        uid, first -> new WeiboUser(this, customer, uid, around.chatKept()));
        publish("customers", "");
        return user;
    }

    @Override
    public Optional<WeiboUser> find(String id) {
        return Optional.ofNullable(users.get(id));
    }

    /** The account's uid. */
    public long uid() {
        return credentials.uid();
    }

    /** What goes wrong. */
    @Override
    public Faults faults() {
        return faults;
    }

    /** How often its server may call in an hour: by {@code ip}, by {@code user}, and by API. */
    public CallQuotas quotas() {
        return limits.calls();
    }

    /** The latest callbacks, in the order in which they ended. */
    public History<CallbackOutcome> callbacks() {
        return outcomes;
    }

    /** The latest calls of the account's server. */
    public History<ApiCall> calls() {
        return calls;
    }

    /** From now on the platform is that patient. */
    public void patience(Patience other) {
        patience = other;
    }

    /** From now on the access token is that good. */
    public void token(TokenState state) {
        token = state;
        publish("accounts", "");
    }

    /** Checks the callback address as the console does when it is saved. */
    public Mono<Boolean> verify() {
        return callbacks.verify();
    }

    HourlyLimits limits() {
        return limits;
    }

    TokenState token() {
        return token;
    }

    Patience patience() {
        return patience;
    }

    Credentials credentials() {
        return credentials;
    }

    URI callback() {
        return callback;
    }

    Files files() {
        return files;
    }

    Callbacks reporting() {
        return callbacks;
    }

    Instant authorisedAt() {
        return authorisedAt;
    }

    Instant now() {
        return around.clock().instant();
    }

    CallbackOutcome ended(
            WeiboUser user, LongFunction<CallbackOutcome> numbered, @Nullable PassiveReply reply) {
        var outcome = outcomes.add(numbered);
        if (reply instanceof PassiveReply.Shown shown) {
            user.receive(shown.bubbles(), "passive");
        }
        publish("callbacks", "");
        return outcome;
    }

    void called(LongFunction<ApiCall> numbered) {
        calls.add(numbered);
        publish("calls", "");
    }

    void publish(String what, String party) {
        around.changes().publish(new Change("weibo", name, what, party));
    }

    void reset() {
        users.clear();
        faults.clear();
        files.clear();
        outcomes.clear();
        calls.clear();
        limits = new HourlyLimits(around.clock());
        token = TokenState.GOOD;
        publish("customers", "");
    }
}
