package io.guanjia.gateway.accounts;

import static io.guanjia.gateway.accounts.Columns.required;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.accounts.AccountChange.Action;
import io.guanjia.gateway.accounts.StoredAccount.StoredSecret;
import io.r2dbc.spi.Readable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps accounts and the record of their changes. Each change is one statement. */
final class AccountStore {

    private static final String COLUMNS =
            """
            a.channel, a.name, a.enabled, a.settings::text as settings,
            a.secrets::text as secrets, a.revision, a.changed_at, a.changed_by
            """;

    /** One statement sees one state of both tables. */
    private static final String SNAPSHOT =
            "select r.revision as latest, "
                    + COLUMNS
                    + """
                    from channel_account_revision r left join channel_account a on true
                    order by a.channel, a.name
                    """;

    private static final String FIND =
            "select "
                    + COLUMNS
                    + "from channel_account a where a.channel = :channel and a.name = :name";

    /** Whoever is second waits here, so that revisions become visible in their order. */
    private static final String NEXT =
            """
            with next as (
                update channel_account_revision set revision = revision + 1 returning revision),
            """;

    private static final String NOTED =
            """
            noted as (
                insert into channel_account_change (id, at, by_name, channel, account, action, keys)
                select :id, :now, :by, :channel, :name, :action, :keys from done)
            select revision from done
            """;

    private static final String ADD =
            NEXT
                    + """
                    done as (
                        insert into channel_account (channel, name, enabled, settings, secrets,
                            revision, changed_at, changed_by)
                        select :channel, :name, :enabled, cast(:settings as jsonb),
                            cast(:secrets as jsonb), next.revision, :now, :by from next
                        returning revision),
                    """
                    + NOTED;

    private static final String CHANGE =
            NEXT
                    + """
                    done as (
                        update channel_account a set enabled = :enabled,
                            settings = cast(:settings as jsonb), secrets = cast(:secrets as jsonb),
                            revision = next.revision, changed_at = :now, changed_by = :by
                        from next
                        where a.channel = :channel and a.name = :name and a.revision = :seen
                        returning a.revision),
                    """
                    + NOTED;

    private static final String REMOVE =
            NEXT
                    + """
                    done as (
                        delete from channel_account a using next
                        where a.channel = :channel and a.name = :name and a.revision = :seen
                        returning next.revision),
                    """
                    + NOTED;

    private static final String CHANGES =
            """
            select at, by_name, action, keys from channel_account_change
            where channel = :channel and account = :name order by at desc, id desc limit 50
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    AccountStore(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** All accounts at one moment, and that moment's number. */
    record Snapshot(long revision, List<StoredAccount> accounts) {}

    /** Grows with every change of any account. */
    Mono<Long> revision() {
        return database.sql("select revision from channel_account_revision")
                .mapValue(Long.class)
                .one();
    }

    Mono<Snapshot> snapshot() {
        return database.sql(SNAPSHOT)
                .map(
                        row ->
                                new Snapshot(
                                        required(row, "latest", Long.class),
                                        row.get("name", String.class) == null
                                                ? List.of()
                                                : List.of(account(row))))
                .all()
                .collectList()
                .map(
                        rows ->
                                new Snapshot(
                                        rows.getFirst().revision(),
                                        rows.stream()
                                                .map(Snapshot::accounts)
                                                .flatMap(Collection::stream)
                                                .toList()));
    }

    Mono<StoredAccount> find(AccountId id) {
        return database.sql(FIND)
                .bind("channel", id.channel())
                .bind("name", id.name())
                .map(this::account)
                .one();
    }

    /** Fails with {@link AccountRefusal.NameTaken}. */
    Mono<Void> add(StoredAccount account, Collection<String> keys) {
        return with(account, noted(ADD, account.id(), account.changedBy(), Action.ADDED, keys))
                .mapValue(Long.class)
                .one()
                .onErrorMap(DuplicateKeyException.class, _ -> new AccountRefusal.NameTaken())
                .then();
    }

    /**
     * Fails with {@link AccountRefusal.Outdated} where it is not at its revision any more.
     *
     * @param account as it shall be, with the revision it was found at
     */
    Mono<Void> change(StoredAccount account, Collection<String> keys) {
        return with(account, noted(CHANGE, account.id(), account.changedBy(), Action.CHANGED, keys))
                .bind("seen", account.revision())
                .mapValue(Long.class)
                .one()
                .switchIfEmpty(Mono.error(AccountRefusal.Outdated::new))
                .then();
    }

    /** Fails with {@link AccountRefusal.Outdated} where it is not at that revision any more. */
    Mono<Void> remove(AccountId id, long revision, String by) {
        return noted(REMOVE, id, by, Action.REMOVED, List.of())
                .bind("seen", revision)
                .mapValue(Long.class)
                .one()
                .switchIfEmpty(Mono.error(AccountRefusal.Outdated::new))
                .then();
    }

    /** The latest first. */
    Flux<AccountChange> changes(AccountId id) {
        return database.sql(CHANGES)
                .bind("channel", id.channel())
                .bind("name", id.name())
                .map(
                        row ->
                                new AccountChange(
                                        required(row, "at", Instant.class),
                                        required(row, "by_name", String.class),
                                        Action.valueOf(
                                                required(row, "action", String.class)
                                                        .toUpperCase(Locale.ROOT)),
                                        List.of(required(row, "keys", String[].class))))
                .all();
    }

    private DatabaseClient.GenericExecuteSpec noted(
            String sql, AccountId id, String by, Action action, Collection<String> keys) {
        return database.sql(sql)
                .bind("channel", id.channel())
                .bind("name", id.name())
                .bind("id", ids.next())
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("action", action.name().toLowerCase(Locale.ROOT))
                .bind("keys", keys.stream().sorted().toArray(String[]::new));
    }

    private DatabaseClient.GenericExecuteSpec with(
            StoredAccount account, DatabaseClient.GenericExecuteSpec sql) {
        return sql.bind("enabled", account.enabled())
                .bind("settings", json.writeValueAsString(account.settings()))
                .bind("secrets", json.writeValueAsString(account.secrets()));
    }

    private StoredAccount account(Readable row) {
        return new StoredAccount(
                new AccountId(
                        required(row, "channel", String.class),
                        required(row, "name", String.class)),
                required(row, "enabled", Boolean.class),
                json.readValue(
                        required(row, "settings", String.class),
                        new TypeReference<Map<String, String>>() {}),
                json.readValue(
                        required(row, "secrets", String.class),
                        new TypeReference<Map<String, StoredSecret>>() {}),
                required(row, "revision", Long.class),
                required(row, "changed_at", Instant.class),
                required(row, "changed_by", String.class));
    }
}
