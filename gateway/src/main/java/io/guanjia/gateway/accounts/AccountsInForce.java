package io.guanjia.gateway.accounts;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.accounts.AccountStore.Snapshot;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.vault.CannotOpen;
import io.guanjia.gateway.vault.Vault;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Lets this node's channels work with the accounts as they are stored. Looks whenever the bell
 * rings, and every few seconds in any case.
 */
final class AccountsInForce implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AccountsInForce.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    private final Map<String, ManagedChannel<?>> managed;
    private final Map<String, Set<String>> inSettings;
    private final AccountStore store;
    private final Vault vault;
    private final AccountsBell bell;
    private final CountDownLatch looked = new CountDownLatch(1);

    /** What each channel was last given beyond its settings file. */
    private final Map<String, List<?>> given = new HashMap<>();

    private volatile State state = new State(-1, List.of(), Map.of(), Map.of());
    private volatile @Nullable Disposable looking;

    AccountsInForce(
            List<ManagedChannel<?>> managed,
            Channels channels,
            AccountStore store,
            Vault vault,
            AccountsBell bell) {
        this.managed =
                managed.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ManagedChannel::name, channel -> channel));
        // Nobody has given the channels anything else yet.
        this.inSettings =
                channels.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Channel::name,
                                        channel ->
                                                channel.accounts().stream()
                                                        .map(ChannelAccount::name)
                                                        .collect(Collectors.toSet())));
        this.store = store;
        this.vault = vault;
        this.bell = bell;
    }

    /**
     * What came of a look.
     *
     * @param refusals what each channel said that did not take its accounts
     */
    private record State(
            long revision,
            List<StoredAccount> accounts,
            Map<AccountId, Trouble> troubles,
            Map<String, String> refusals) {

        /** What a channel could not take a moment ago it may take now. */
        boolean settledAt(long latest) {
            return latest == revision && refusals.isEmpty();
        }
    }

    Optional<ManagedChannel<?>> managed(String channel) {
        return Optional.ofNullable(managed.get(channel));
    }

    /** The names that the settings file takes. */
    Set<String> inSettings(String channel) {
        return inSettings.getOrDefault(channel, Set.of());
    }

    /** Those that are stored, as far as this node has seen. */
    List<StoredAccount> stored(String channel) {
        return state.accounts().stream()
                .filter(account -> account.id().channel().equals(channel))
                .toList();
    }

    /** Those that should be in force and are not, and why. */
    Map<AccountId, Trouble> troubles() {
        return state.troubles();
    }

    /**
     * Completes once this node works with what is stored now, but for what {@link #troubles} has. A
     * channel that did not take its accounts gets them again with the next look.
     */
    Mono<Void> look() {
        return store.revision()
                .filter(latest -> !state.settledAt(latest))
                .flatMap(_ -> store.snapshot())
                .publishOn(Schedulers.boundedElastic())
                .flatMap(snapshot -> Mono.fromRunnable(() -> apply(snapshot)));
    }

    /** To be called after a commit: looks, and tells all other nodes to. Never fails. */
    Mono<Void> changed() {
        return look().onErrorResume(this::unseen).then(bell.ring());
    }

    private synchronized void apply(Snapshot snapshot) {
        if (snapshot.revision() < state.revision()) {
            return;
        }
        var troubles = new HashMap<AccountId, Trouble>();
        var refusals = new HashMap<String, String>();
        managed.values()
                .forEach(channel -> apply(channel, snapshot.accounts(), troubles, refusals));
        state =
                new State(
                        snapshot.revision(),
                        snapshot.accounts(),
                        Map.copyOf(troubles),
                        Map.copyOf(refusals));
    }

    private void apply(
            ManagedChannel<?> channel,
            List<StoredAccount> stored,
            Map<AccountId, Trouble> troubles,
            Map<String, String> refusals) {
        var wanted = new ArrayList<Object>();
        var ids = new ArrayList<AccountId>();
        for (var account : stored) {
            if (account.enabled() && account.id().channel().equals(channel.name())) {
                try {
                    wanted.add(made(channel, account));
                    ids.add(account.id());
                } catch (NotInForce because) {
                    troubles.put(account.id(), because.trouble);
                    if (!because.trouble.equals(state.troubles().get(account.id()))) {
                        log.warn("{} is not in force: {}", account.id(), because.trouble);
                    }
                }
            }
        }
        // Whoever refused may have taken half of it.
        if (!state.refusals().containsKey(channel.name())
                && wanted.equals(given.getOrDefault(channel.name(), List.of()))) {
            return;
        }
        try {
            channel.use(wanted);
            given.put(channel.name(), List.copyOf(wanted));
            log.info("{} works with these accounts beside its settings: {}", channel.name(), ids);
        } catch (RuntimeException failure) {
            ids.forEach(id -> troubles.put(id, new Trouble.NotTaken()));
            var said = failure.toString();
            refusals.put(channel.name(), said);
            if (!said.equals(state.refusals().get(channel.name()))) {
                log.error(
                        "{} does not take its accounts; tried again every {} s",
                        channel.name(),
                        EVERY.toSeconds(),
                        failure);
            }
        }
    }

    private Object made(ManagedChannel<?> channel, StoredAccount account) {
        if (inSettings(channel.name()).contains(account.id().name())) {
            throw new NotInForce(new Trouble.NameTaken());
        }
        try {
            return channel.bind(account.id().name(), opened(account));
        } catch (CannotOpen failure) {
            throw new NotInForce(
                    failure.keyMissing()
                            ? new Trouble.KeyMissing(failure.keyId())
                            : new Trouble.Altered());
        } catch (AccountRefusal.Invalid invalid) {
            var problems =
                    invalid.faults().stream()
                            .map(
                                    fault ->
                                            fault.message() == null
                                                    ? fault.field() + " " + fault.code()
                                                    : fault.message())
                            .collect(Collectors.joining("; "));
            throw new NotInForce(new Trouble.NotValid(problems));
        }
    }

    private Map<String, String> opened(StoredAccount account) {
        var values = new HashMap<>(account.settings());
        account.secrets()
                .forEach(
                        (key, secret) ->
                                values.put(
                                        key,
                                        vault.open(secret.toOpen(), account.id().placeOf(key))));
        return values;
    }

    /** Carries a trouble to where it is noted. */
    private static final class NotInForce extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Trouble trouble;

        NotInForce(Trouble trouble) {
            super(trouble.toString(), null, false, false);
            this.trouble = trouble;
        }
    }

    /**
     * Waits for the first look, so that no callback of a stored account is turned away. Goes on
     * without where the database is slow.
     */
    @Override
    public void start() {
        var rings = Flux.merge(Flux.just(0L), bell.rings().map(_ -> 0L), Flux.interval(EVERY));
        looking =
                rings.onBackpressureLatest()
                        .concatMap(
                                _ ->
                                        look().onErrorResume(this::unseen)
                                                .doFinally(_ -> looked.countDown()),
                                1)
                        .subscribe();
        try {
            if (!looked.await(FIRST_LOOK.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("Started without a look at the accounts that are managed in the console");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Mono<Void> unseen(Throwable failure) {
        log.warn("Could not look at the accounts: {}", getMostSpecificCause(failure).toString());
        return Mono.empty();
    }

    @Override
    public void stop() {
        var subscription = looking;
        looking = null;
        if (subscription != null) {
            subscription.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }

    /** Before anything comes in. */
    @Override
    public int getPhase() {
        return 0;
    }
}
