package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.live.Doorbell;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes deliveries in such a way that the desk sees it: the conversation's and the message's
 * revision move in the same statement, and the doorbell rings after the commit.
 */
final class Changes {

    /** What to do about a conversation that somebody else has locked. */
    enum Locked {
        /** Wait for it, in the order of ids. */
        WAIT,
        /** Leave its deliveries for the next time. For what runs in the background. */
        SKIP
    }

    private final DatabaseClient database;
    private final Doorbell doorbell;
    private final Pulse pulse;

    Changes(DatabaseClient database, Doorbell doorbell, Pulse pulse) {
        this.database = database;
        this.doorbell = doorbell;
        this.pulse = pulse;
    }

    /**
     * The statement for one kind of change. Conversations are locked before deliveries, so that two
     * of these never wait for each other.
     *
     * <p>Until PostgreSQL notices that a partial index has grown it takes it for empty and reads
     * all of it. So what is looked at again once a delivery is found fits none ({@code is true}).
     *
     * @param before common table expressions that {@code target} needs, each ending in a comma
     * @param target selects {@code id, message_id, conversation_id} and whatever {@code set} needs,
     *     later known as {@code t}
     * @param set assignments to the delivery, which is {@code d}; may use {@code :now}
     * @param guard what must still hold once the locks are there
     * @param after common table expressions that follow from {@code changed}, each beginning with a
     *     comma
     */
    static String statement(
            String before, String target, String set, String guard, Locked locked, String after) {
        return """
        with %s target as (%s),
        locked as materialized (
            select c.id from conversation c where c.id in (select conversation_id from target)
            order by c.id for no key update %s
        ),
        changed as (
            update delivery d set %s, changed_at = :now
            from target t join locked l on l.id = t.conversation_id
            where d.id = t.id and (%s) is true
            returning d.*
        ),
        bumped as (
            update conversation c set revision = c.revision + 1, changed_at = clock_timestamp()
            from (select distinct t.conversation_id
                    from target t join changed on changed.id = t.id) touched
            where c.id = touched.conversation_id
            returning c.id, c.revision
        ),
        marked as (
            update message m set revision = b.revision
            from changed, bumped b
            where m.id = changed.message_id and b.id = m.conversation_id
        )
        %s
        select t.conversation_id, changed.state = 'queued' or exists (
                select 1 from delivery e where e.party_id = changed.party_id
                    and e.state in ('queued', 'held', 'sending')
                    and (e.state = 'queued') is true and e.id <> changed.id) as goes_on
        from target t join changed on changed.id = t.id
        """
                .formatted(
                        before,
                        target,
                        locked == Locked.SKIP ? "skip locked" : "",
                        set,
                        guard,
                        after);
    }

    /**
     * Runs a {@link #statement} and emits how many deliveries it changed. Within a transaction the
     * doorbell waits for the commit, and so does the sender, who hears of it where something may go
     * out now: what was changed itself, or another of the same party that waited for it.
     */
    Mono<Integer> apply(String statement, UnaryOperator<GenericExecuteSpec> parameters) {
        return parameters
                .apply(database.sql(statement))
                .map(
                        row ->
                                new Touched(
                                        Columns.required(row, "conversation_id", UUID.class),
                                        Columns.required(row, "goes_on", Boolean.class)))
                .all()
                .collectList()
                .flatMap(touched -> announce(touched).thenReturn(touched.size()));
    }

    private record Touched(UUID conversation, boolean goesOn) {}

    private Mono<Void> announce(List<Touched> touched) {
        if (touched.isEmpty()) {
            return Mono.empty();
        }
        return TransactionSynchronizationManager.forCurrentTransaction()
                .flatMap(
                        transaction ->
                                Mono.<Void>fromRunnable(
                                        () ->
                                                transaction.registerSynchronization(
                                                        afterCommit(touched))))
                .onErrorResume(
                        NoTransactionException.class, none -> Mono.defer(() -> tell(touched)));
    }

    private TransactionSynchronization afterCommit(List<Touched> touched) {
        return new TransactionSynchronization() {
            @Override
            public Mono<Void> afterCommit() {
                return Mono.defer(() -> tell(touched));
            }
        };
    }

    private Mono<Void> tell(List<Touched> touched) {
        if (touched.stream().anyMatch(Touched::goesOn)) {
            pulse.kick();
        }
        return doorbell.ring(touched.stream().map(Touched::conversation).distinct().toList());
    }
}
