package io.guanjia.gateway.accounts;

import io.guanjia.gateway.accounts.AccountRefusal.Fault;
import io.guanjia.gateway.accounts.AccountRefusal.Invalid;
import io.guanjia.gateway.accounts.StoredAccount.StoredSecret;
import io.guanjia.gateway.channel.ManagedAccounts.Field;
import io.guanjia.gateway.vault.CannotOpen;
import io.guanjia.gateway.vault.Vault;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What an administrator does to accounts. Each change is checked by the channel itself before it is
 * stored, and is in force on this node when it completes, on the others soon after. Fails with
 * {@link AccountRefusal} or {@link io.guanjia.gateway.vault.NoEncryptionKey}.
 */
final class ChangeAccounts {

    private static final Logger log = LoggerFactory.getLogger(ChangeAccounts.class);

    /** It stands in addresses. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final AccountStore store;
    private final AccountsInForce inForce;
    private final Vault vault;
    private final Clock clock;

    ChangeAccounts(AccountStore store, AccountsInForce inForce, Vault vault, Clock clock) {
        this.store = store;
        this.inForce = inForce;
        this.vault = vault;
        this.clock = clock;
    }

    /** What is said of an account: a value for a key to set, empty for one to unset. */
    record Said(@Nullable Boolean enabled, Map<String, Optional<String>> values) {

        Said {
            values = Map.copyOf(values);
        }

        /** Leaves out the values: there are secrets among them. */
        @Override
        public String toString() {
            return "Said[enabled=" + enabled + ", keys=" + values.keySet() + "]";
        }
    }

    Mono<Void> add(AccountId id, Said said, String by) {
        return elsewhere(
                        () -> {
                            var channel = require(id.channel());
                            requireFreeName(id);
                            return merged(channel, empty(id, by), said);
                        })
                .flatMap(account -> store.add(account, keys(said)))
                .then(done("added", id, said, by));
    }

    /**
     * Changes what is said and leaves the rest.
     *
     * @param revision that whoever says it has seen
     */
    Mono<Void> change(AccountId id, long revision, Said said, String by) {
        return found(id, revision)
                .flatMap(
                        account ->
                                elsewhere(
                                        () -> merged(require(id.channel()), by(account, by), said)))
                .flatMap(account -> store.change(account, keys(said)))
                .then(done("changed", id, said, by));
    }

    Mono<Void> remove(AccountId id, long revision, String by) {
        return found(id, revision)
                .flatMap(_ -> store.remove(id, revision, by))
                .then(done("removed", id, new Said(null, Map.of()), by));
    }

    private Mono<StoredAccount> found(AccountId id, long revision) {
        return store.find(id)
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        inForce.inSettings(id.channel()).contains(id.name())
                                                ? new AccountRefusal.InSettings()
                                                : new AccountRefusal.NotFound()))
                .filter(account -> account.revision() == revision)
                .switchIfEmpty(Mono.error(AccountRefusal.Outdated::new));
    }

    private ManagedChannel<?> require(String channel) {
        return inForce.managed(channel).orElseThrow(AccountRefusal.NotFound::new);
    }

    private void requireFreeName(AccountId id) {
        if (!NAME.matcher(id.name()).matches()) {
            throw new Invalid(List.of(Fault.of("name", "malformed")));
        }
        if (inForce.inSettings(id.channel()).contains(id.name())) {
            throw new AccountRefusal.NameTaken();
        }
    }

    /** The account with what is said, once the channel has said that it can work with it. */
    private StoredAccount merged(ManagedChannel<?> channel, StoredAccount account, Said said) {
        var unknown =
                said.values().keySet().stream()
                        .filter(key -> channel.field(key).isEmpty())
                        .map(key -> Fault.of(BindFaults.SETTINGS + key, "unknown"))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new Invalid(unknown);
        }
        var settings = new HashMap<>(account.settings());
        var secrets = new HashMap<>(account.secrets());
        said.values()
                .forEach(
                        (key, value) -> {
                            settings.remove(key);
                            secrets.remove(key);
                            value.ifPresent(
                                    words -> {
                                        if (isA(Field.Kind.SECRET, channel, key)) {
                                            secrets.put(key, sealed(account.id(), key, words));
                                        } else {
                                            settings.put(key, words);
                                        }
                                    });
                        });
        var changed =
                new StoredAccount(
                        account.id(),
                        said.enabled() == null ? account.enabled() : said.enabled(),
                        settings,
                        secrets,
                        account.revision(),
                        account.changedAt(),
                        account.changedBy());
        // What is only switched off may be as broken as it is.
        if (changed.enabled() || !said.values().isEmpty()) {
            check(channel, changed, unsaid(channel, account, said));
        }
        return changed;
    }

    /**
     * The secrets that have to be said again. They are never given back, and would be to whoever
     * may change where they are sent: an address changes together with all of them or not at all.
     */
    private static List<Fault> unsaid(ManagedChannel<?> channel, StoredAccount account, Said said) {
        var moved =
                said.values().entrySet().stream()
                        .filter(each -> isA(Field.Kind.ADDRESS, channel, each.getKey()))
                        .anyMatch(each -> differs(account, each.getKey(), each.getValue()));
        if (!moved) {
            return List.of();
        }
        return channel.fields().stream()
                .map(Field::key)
                .filter(key -> account.secrets().containsKey(key))
                .filter(key -> !said.values().containsKey(key))
                .map(key -> Fault.of(BindFaults.SETTINGS + key, "address-changed"))
                .toList();
    }

    private static boolean differs(StoredAccount account, String key, Optional<String> value) {
        return !value.equals(Optional.ofNullable(account.settings().get(key)));
    }

    private void check(ManagedChannel<?> channel, StoredAccount account, List<Fault> unsaid) {
        var values = new HashMap<>(account.settings());
        var unopened = new ArrayList<Fault>();
        account.secrets()
                .forEach(
                        (key, secret) -> {
                            try {
                                values.put(
                                        key,
                                        vault.open(secret.toOpen(), account.id().placeOf(key)));
                            } catch (CannotOpen sealed) {
                                unopened.add(Fault.of(BindFaults.SETTINGS + key, "sealed"));
                            }
                        });
        var faults = new ArrayList<>(unsaid);
        faults.addAll(unopened.isEmpty() ? channel.faults(account.id().name(), values) : unopened);
        if (!faults.isEmpty()) {
            throw new Invalid(faults);
        }
    }

    private static boolean isA(Field.Kind kind, ManagedChannel<?> channel, String key) {
        return channel.field(key).filter(field -> field.kind() == kind).isPresent();
    }

    private StoredSecret sealed(AccountId id, String key, String words) {
        return StoredSecret.of(vault.seal(words, id.placeOf(key)), now());
    }

    private StoredAccount empty(AccountId id, String by) {
        return new StoredAccount(id, true, Map.of(), Map.of(), 0, now(), by);
    }

    private StoredAccount by(StoredAccount account, String by) {
        return new StoredAccount(
                account.id(),
                account.enabled(),
                account.settings(),
                account.secrets(),
                account.revision(),
                now(),
                by);
    }

    private Instant now() {
        return clock.instant();
    }

    private static Set<String> keys(Said said) {
        var keys = new TreeSet<>(said.values().keySet());
        if (said.enabled() != null) {
            keys.add("enabled");
        }
        return keys;
    }

    private Mono<Void> done(String what, AccountId id, Said said, String by) {
        return Mono.defer(
                () -> {
                    log.info("{} {} the account {}: {}", by, what, id, keys(said));
                    return inForce.changed();
                });
    }

    /** Binding reads classes and seals, which no event loop waits for. */
    private static <T> Mono<T> elsewhere(Supplier<T> work) {
        return Mono.fromSupplier(work).subscribeOn(Schedulers.boundedElastic());
    }
}
