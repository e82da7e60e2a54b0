package io.guanjia.running;

import io.guanjia.gateway.Ids;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts conversations and messages where the desk finds them, as the engine commits them. */
public final class Samples {

    private final DatabaseClient database;
    private final Ids ids = Ids.timeOrdered();

    Samples(DatabaseClient database) {
        this.database = database;
    }

    /** A conversation of a new party, who is called {@code name}. */
    public String conversation(String name, String state, @Nullable String agent) {
        return conversation(name, state, agent, Instant.now());
    }

    public String conversation(
            String name, String state, @Nullable String agent, Instant lastActivity) {
        var party = ids.next();
        return conversation(party, "openid-" + party, name, state, agent, lastActivity);
    }

    /** Another conversation of the party of one that is closed. */
    public String nextConversation(String closed, String state) {
        var id = ids.next();
        run(
                database.sql(
                                """
                                insert into conversation (id, party_id, channel, account, party, state, since,
                                    last_text, last_at, last_direction, opened_at, changed_at)
                                select :id, party_id, channel, account, party, :state, now(),
                                    'again', now(), 'in', now(), clock_timestamp()
                                from conversation where id = :closed
                                """)
                        .bind("id", id)
                        .bind("state", state)
                        .bind("closed", UUID.fromString(closed)));
        return id.toString();
    }

    private String conversation(
            UUID party,
            String openid,
            String name,
            String state,
            @Nullable String agent,
            Instant lastActivity) {
        var id = ids.next();
        run(
                database.sql(
                                """
                                insert into party (id, channel, account, party, name, first_seen_at)
                                values (:id, 'wechat', 'demo', :openid, :name, now())
                                """)
                        .bind("id", party)
                        .bind("openid", openid)
                        .bind("name", name));
        var insert =
                database.sql(
                                """
                                insert into conversation (id, party_id, channel, account, party, state, agent,
                                    since, reason, last_text, last_at, last_direction, opened_at, changed_at)
                                values (:id, :party, 'wechat', 'demo', :openid, :state, :agent,
                                    :at, :reason, 'hello', :at, 'in', :at, clock_timestamp())
                                """)
                        .bind("id", id)
                        .bind("party", party)
                        .bind("openid", openid)
                        .bind("state", state)
                        .bind("at", lastActivity.truncatedTo(ChronoUnit.MICROS));
        insert =
                agent == null
                        ? insert.bindNull("agent", String.class)
                        : insert.bind("agent", agent);
        insert =
                state.equals("waiting")
                        ? insert.bind("reason", "asked")
                        : insert.bindNull("reason", String.class);
        run(insert);
        return id.toString();
    }

    public String party(String conversation) {
        return one("select party from conversation where id = '" + conversation + "'");
    }

    /** The customer writes. The conversation and the message move on together. */
    public String message(String conversation, String text) {
        return message(conversation, text, true);
    }

    /**
     * @param noticed whether the change is where the desk looks for changes it heard nothing of
     */
    public String message(String conversation, String text, boolean noticed) {
        var id = ids.next();
        run(
                database.sql(
                                """
                                with moved as (
                                    update conversation
                                    set revision = revision + 1, last_text = :text, last_at = now(),
                                        unanswered = unanswered + 1,
                                        changed_at = case when :noticed then clock_timestamp()
                                                          else changed_at end
                                    where id = :conversation
                                    returning id, party_id, revision)
                                insert into message (id, conversation_id, party_id, revision, direction,
                                    author_kind, content, external_id, dedupe_key, sent_at, received_at)
                                select :id, id, party_id, revision, 'in', 'customer',
                                    jsonb_build_object('type', 'text', 'body', :text::text),
                                    :id::text, :id::text, now(), now()
                                from moved
                                """)
                        .bind("conversation", UUID.fromString(conversation))
                        .bind("noticed", noticed)
                        .bind("text", text)
                        .bind("id", id));
        return id.toString();
    }

    public void sql(String sql) {
        run(database.sql(sql));
    }

    public String one(String sql) {
        return Objects.requireNonNull(
                wait(
                        database.sql(sql)
                                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                                .one()));
    }

    private static void run(DatabaseClient.GenericExecuteSpec statement) {
        wait(statement.then());
    }

    private static <T> @Nullable T wait(reactor.core.publisher.Mono<T> work) {
        try {
            return work.toFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
