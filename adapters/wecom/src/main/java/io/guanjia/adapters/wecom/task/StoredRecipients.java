package io.guanjia.adapters.wecom.task;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Recipients of tasks in PostgreSQL, each open until it is known what became of it; what is heard
 * later does not change that. Writes take part in the caller's transaction, in which the caller has
 * made sure that it may speak for the task.
 */
final class StoredRecipients {

    private static final String ADD =
            """
            insert into wecom_send_recipient (task, recipient, state)
            select :key, r, 'open' from unnest(:recipients::text[]) as r
            on conflict do nothing
            """;

    private static final String REFUSED =
            """
            update wecom_send_recipient set state = 'failed', reason = :reason
            where task = :key and recipient = any(:recipients::text[])
            """;

    private static final String HEARD =
            """
            insert into wecom_send_recipient as r (task, recipient, state, reason, member, at)
            select :key, o.* from unnest(:recipients::text[], :states::text[], :reasons::text[],
                :members::text[], :times::timestamptz[]) as o
            on conflict (task, recipient) do update set state = excluded.state,
                reason = excluded.reason, member = excluded.member, at = excluded.at
            where r.state = 'open'
            """;

    private static final String REST =
            """
            update wecom_send_recipient set state = :state, reason = :reason
            where task = :key and state = 'open'
            """;

    private final DatabaseClient database;

    StoredRecipients(DatabaseClient database) {
        this.database = database;
    }

    /** Whom a task goes to, as far as they are known; those who are known already stay. */
    Mono<Void> add(String key, List<String> recipients) {
        return database.sql(ADD)
                .bind("key", key)
                .bind("recipients", recipients.toArray(String[]::new))
                .then();
    }

    /** Those that the platform will not send to. */
    Mono<Void> refuse(String key, List<String> recipients) {
        return database.sql(REFUSED)
                .bind("key", key)
                .bind("reason", Outcome.INVALID)
                .bind("recipients", recipients.toArray(String[]::new))
                .then();
    }

    /** What was heard, also of recipients that nobody had named. */
    Mono<Void> hear(String key, Collection<Outcome> outcomes) {
        return database.sql(HEARD)
                .bind("key", key)
                .bind("recipients", texts(outcomes, Outcome::recipient))
                .bind("states", texts(outcomes, o -> o.state().stored()))
                .bind("reasons", texts(outcomes, Outcome::reason))
                .bind("members", texts(outcomes, Outcome::member))
                .bind("times", texts(outcomes, StoredRecipients::time))
                .then();
    }

    /** How those end of which nothing was heard. */
    Mono<Void> settle(String key, Outcome.State rest, String reason) {
        return database.sql(REST)
                .bind("key", key)
                .bind("state", rest.stored())
                .bind("reason", reason)
                .then();
    }

    Mono<Long> count(String key, Outcome.State state) {
        return database.sql(
                        "select count(*) as n from wecom_send_recipient where task = :key and state"
                                + " = :state")
                .bind("key", key)
                .bind("state", state.stored())
                .map(row -> requireNonNull(row.get("n", Long.class)))
                .one();
    }

    /** Whether there are any and none is open. */
    Mono<Boolean> areAllKnown(String key) {
        return database.sql(
                        "select coalesce(bool_and(state <> 'open'), false) as known from"
                                + " wecom_send_recipient where task = :key")
                .bind("key", key)
                .map(row -> Boolean.TRUE.equals(row.get("known", Boolean.class)))
                .one();
    }

    Flux<Outcome> outcomes(String account, String msgid) {
        return database.sql(
                        """
                        select r.* from wecom_send_recipient r
                        join wecom_send_task t on t.key = r.task
                        where t.account = :account and t.msgid = :msgid
                        order by r.recipient
                        """)
                .bind("account", account)
                .bind("msgid", msgid)
                .map(StoredRecipients::outcome)
                .all();
    }

    private static Outcome outcome(Readable row) {
        return new Outcome(
                requireNonNull(row.get("recipient", String.class), "recipient"),
                Outcome.State.of(requireNonNull(row.get("state", String.class), "state")),
                row.get("reason", String.class),
                row.get("member", String.class),
                row.get("at", Instant.class));
    }

    private static @Nullable String time(Outcome outcome) {
        var at = outcome.at();
        return at == null ? null : at.toString();
    }

    private static @Nullable String[] texts(
            Collection<Outcome> outcomes, Function<Outcome, @Nullable String> value) {
        return outcomes.stream().map(value).toArray(String[]::new);
    }
}
