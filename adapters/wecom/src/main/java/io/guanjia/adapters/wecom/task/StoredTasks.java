package io.guanjia.adapters.wecom.task;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Tasks in PostgreSQL. Whoever asks the platform holds the task's row by a holder and for a time;
 * one who was overtaken changes nothing any more, of the task or of its {@link StoredRecipients}.
 */
final class StoredTasks implements TaskStore {

    private static final String BEGIN =
            """
            insert into wecom_send_task
                (key, account, party, to_groups, state, created_at, ends_at, poll_at)
            values (:key, :account, :party, :groups, 'creating', :now, :ends, :now)
            on conflict (key) do nothing
            """;

    private static final String CREATED =
            """
            update wecom_send_task set msgid = :msgid, state = 'open', poll_at = :at
            where key = :key
            """;

    private static final String ACCOUNTS_DUE =
            """
            select distinct account from wecom_send_task
            where state = 'open' and poll_at <= :now
                and (held_until is null or held_until <= :now)
            """;

    private static final String CLAIM =
            """
            update wecom_send_task set holder = :me, held_until = :until
            where key = (
                select key from wecom_send_task
                where account = :account and state = 'open' and poll_at <= :now
                    and (held_until is null or held_until <= :now)
                order by poll_at limit 1 for update skip locked)
            returning *
            """;

    private static final String MINE = " where key = :key and holder = :holder and state = 'open'";

    private static final String HEARD =
            "update wecom_send_task set done = :done::text[], held_until = :until"
                    + MINE
                    + " returning key";

    private static final String AGAIN =
            """
            update wecom_send_task
            set poll_at = case when stopped and not :known then poll_at else :at end,
                polls = polls + 1, holder = null, held_until = null
            """
                    + MINE;

    private static final String END =
            "update wecom_send_task set state = 'ended', holder = null, held_until = null"
                    + MINE
                    + " returning key";

    private static final String STOP =
            """
            update wecom_send_task set stopped = true, ends_at = :now, poll_at = :now
            where account = :account and msgid = :msgid and state = 'open'
            """;

    private static final String GIVE_UP =
            """
            with lost as (
                update wecom_send_task set state = 'unknown'
                where state = 'creating' and created_at < :before
                returning key)
            update wecom_send_recipient r set state = 'unknown', reason = :reason
            from lost where r.task = lost.key and r.state = 'open'
            """;

    private final DatabaseClient database;
    private final StoredRecipients recipients;
    private final TransactionalOperator transactions;
    private final Clock clock;

    StoredTasks(DatabaseClient database, TransactionalOperator transactions, Clock clock) {
        this.database = database;
        this.recipients = new StoredRecipients(database);
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Mono<Begun> begin(NewTask task) {
        return Mono.defer(
                        () ->
                                or(
                                                database.sql(BEGIN)
                                                        .bind("key", task.key())
                                                        .bind("account", task.account())
                                                        .bind("groups", task.toGroups())
                                                        .bind("now", clock.instant())
                                                        .bind("ends", task.endsAt()),
                                                "party",
                                                task.party())
                                        .fetch()
                                        .rowsUpdated())
                .flatMap(
                        rows ->
                                rows == 0
                                        ? known(task.key())
                                        : recipients
                                                .add(task.key(), task.recipients())
                                                .thenReturn(new Begun.Fresh()))
                .as(transactions::transactional);
    }

    private Mono<Begun> known(String key) {
        return database.sql("select msgid from wecom_send_task where key = :key")
                .bind("key", key)
                .map(
                        row -> {
                            var msgid = row.get("msgid", String.class);
                            return msgid == null
                                    ? (Begun) new Begun.Unclear()
                                    : new Begun.Known(msgid);
                        })
                .one();
    }

    @Override
    public Mono<Void> created(String key, String msgid, List<String> failed, Instant pollAt) {
        return database.sql(CREATED)
                .bind("key", key)
                .bind("msgid", msgid)
                .bind("at", pollAt)
                .then()
                .then(recipients.refuse(key, failed))
                .as(transactions::transactional);
    }

    @Override
    public Mono<Void> drop(String key) {
        return database.sql("delete from wecom_send_task where key = :key and msgid is null")
                .bind("key", key)
                .then();
    }

    @Override
    public Flux<String> accountsDue() {
        return Flux.defer(
                () ->
                        database.sql(ACCOUNTS_DUE)
                                .bind("now", clock.instant())
                                .map(row -> text(row, "account"))
                                .all());
    }

    @Override
    public Mono<Due> claim(String account, Duration lease) {
        return Mono.defer(
                () ->
                        database.sql(CLAIM)
                                .bind("account", account)
                                .bind("me", UUID.randomUUID())
                                .bind("now", clock.instant())
                                .bind("until", clock.instant().plus(lease))
                                .map(StoredTasks::due)
                                .one());
    }

    @Override
    public Mono<Due> heard(
            Due task, Collection<Outcome> outcomes, Set<String> done, Duration lease) {
        return Mono.defer(
                        () ->
                                mine(HEARD, task)
                                        .bind("done", done.toArray(String[]::new))
                                        .bind("until", clock.instant().plus(lease))
                                        .map(row -> task.having(done))
                                        .one())
                .flatMap(
                        still ->
                                outcomes.isEmpty()
                                        ? Mono.just(still)
                                        : recipients.hear(task.key(), outcomes).thenReturn(still))
                .as(transactions::transactional);
    }

    @Override
    public Mono<Void> again(Due task, Instant at) {
        return mine(AGAIN, task).bind("at", at).bind("known", task.stopped()).then();
    }

    @Override
    public Mono<Void> finish(Due task, Outcome.State rest, String reason) {
        return mine(END, task)
                .map(row -> true)
                .one()
                .flatMap(mine -> recipients.settle(task.key(), rest, reason))
                .as(transactions::transactional);
    }

    @Override
    public Mono<Long> count(String key, Outcome.State state) {
        return recipients.count(key, state);
    }

    @Override
    public Mono<Boolean> isKnownOfAll(String key) {
        return recipients.areAllKnown(key);
    }

    @Override
    public Mono<Boolean> stop(String account, String msgid) {
        return Mono.defer(
                () ->
                        database.sql(STOP)
                                .bind("now", clock.instant())
                                .bind("account", account)
                                .bind("msgid", msgid)
                                .fetch()
                                .rowsUpdated()
                                .map(rows -> rows > 0));
    }

    @Override
    public Flux<Outcome> outcomes(String account, String msgid) {
        return recipients.outcomes(account, msgid);
    }

    @Override
    public Mono<Void> giveUp(Instant begunBefore) {
        return database.sql(GIVE_UP)
                .bind("before", begunBefore)
                .bind("reason", Outcome.NEVER_KNOWN)
                .then();
    }

    private GenericExecuteSpec mine(String statement, Due task) {
        return database.sql(statement).bind("key", task.key()).bind("holder", task.holder());
    }

    private static Due due(Readable row) {
        return new Due(
                text(row, "key"),
                text(row, "account"),
                row.get("party", String.class),
                Boolean.TRUE.equals(row.get("to_groups", Boolean.class)),
                text(row, "msgid"),
                Boolean.TRUE.equals(row.get("stopped", Boolean.class)),
                requireNonNull(row.get("ends_at", Instant.class)),
                requireNonNull(row.get("polls", Integer.class)),
                Set.of(requireNonNull(row.get("done", String[].class))),
                requireNonNull(row.get("holder", UUID.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }

    private static GenericExecuteSpec or(
            GenericExecuteSpec sql, String name, @Nullable String value) {
        return value == null ? sql.bindNull(name, String.class) : sql.bind(name, value);
    }
}
