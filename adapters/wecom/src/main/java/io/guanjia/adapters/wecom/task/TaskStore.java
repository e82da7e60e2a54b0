package io.guanjia.adapters.wecom.task;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
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

/** Keeps tasks and what became of them, over restarts and for all nodes. */
public interface TaskStore {

    /** In PostgreSQL. */
    static TaskStore in(DatabaseClient database, TransactionalOperator transactions, Clock clock) {
        return new StoredTasks(database, transactions, clock);
    }

    /**
     * A task that is about to be made.
     *
     * @param party whom the delivery goes to that waits for a receipt; null where nobody waits
     * @param recipients as far as they are known
     */
    record NewTask(
            String key,
            String account,
            @Nullable String party,
            boolean toGroups,
            List<String> recipients,
            Instant endsAt) {}

    /** What is known of a key. */
    sealed interface Begun {
        /** Nothing was: the task is ours to make. */
        record Fresh() implements Begun {}

        /** The platform has it already. */
        record Known(String msgid) implements Begun {}

        /** Somebody began to make it, and what came of that nobody knows. */
        record Unclear() implements Begun {}
    }

    Mono<Begun> begin(NewTask task);

    /**
     * The platform has it.
     *
     * @param failed recipients that it cannot be sent to
     */
    Mono<Void> created(String key, String msgid, List<String> failed, Instant pollAt);

    /** The platform has certainly not taken it. */
    Mono<Void> drop(String key);

    /**
     * A task whose results are due, for one of all callers and for so long.
     *
     * @param done members all of whose results are in
     * @param holder proves that it is still the caller's
     */
    record Due(
            String key,
            String account,
            @Nullable String party,
            boolean toGroups,
            String msgid,
            boolean stopped,
            Instant endsAt,
            int polls,
            Set<String> done,
            UUID holder) {

        Due having(Set<String> allDone) {
            return new Due(
                    key, account, party, toGroups, msgid, stopped, endsAt, polls, allDone, holder);
        }

        /** Leaves out whom it goes to. */
        @Override
        public String toString() {
            return "Due[" + key + ", " + account + "]";
        }
    }

    /** Accounts that have tasks whose results are due. */
    Flux<String> accountsDue();

    /** An account's task that has been due longest. */
    Mono<Due> claim(String account, Duration lease);

    /**
     * What was heard of recipients. Emits the task with what is done now, the caller's for so long
     * again; empty where it is another's by now.
     *
     * @param done members all of whose results are in, also from earlier
     */
    Mono<Due> heard(Due task, Collection<Outcome> outcomes, Set<String> done, Duration lease);

    /** To be asked for again at that time; at once where it was stopped in the meantime. */
    Mono<Void> again(Due task, Instant at);

    /** The task is over; recipients of which nothing was heard end like this. */
    Mono<Void> finish(Due task, Outcome.State rest, String reason);

    /** How many of a task's recipients are in a state. */
    Mono<Long> count(String key, Outcome.State state);

    /** Whether a task has recipients and none of them is open. */
    Mono<Boolean> isKnownOfAll(String key);

    /** To end now; false where there is no such task that is still open. */
    Mono<Boolean> stop(String account, String msgid);

    /** What became of every recipient so far. */
    Flux<Outcome> outcomes(String account, String msgid);

    /** Tasks that somebody began to make before then and whose fate nobody knows. */
    Mono<Void> giveUp(Instant begunBefore);
}
