package io.guanjia.gateway.desk;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.live.Doorbell;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/**
 * What people at the desk call a customer (备注名), where the channel says nothing of it: WeChat has
 * not told names since 2021. Who named whom stands in the conversation's record.
 */
@Component
final class Names {

    private static final String NAME =
            """
            with moved as (
                update conversation
                set revision = revision + 1, changed_at = clock_timestamp()
                where id = :conversation
                returning id, party_id, state
            ),
            noted as (
                insert into conversation_change
                    (id, conversation_id, at, from_state, to_state, by_kind, by_name, reason)
                select :change, id, now(), state, state, :kind, :by, 'named' from moved
            )
            update party p set name = :name from moved m where p.id = m.party_id
            """;

    private final DatabaseClient database;
    private final Doorbell doorbell;
    private final Ids ids;

    Names(DatabaseClient database, Doorbell doorbell, Ids ids) {
        this.database = database;
        this.doorbell = doorbell;
        this.ids = ids;
    }

    /**
     * Names the customer of a conversation.
     *
     * @param name null to take the name away
     */
    Mono<Void> give(UUID conversation, @Nullable String name, Viewer by) {
        var sql =
                database.sql(NAME)
                        .bind("conversation", conversation)
                        .bind("change", ids.next())
                        .bind("kind", by.service() ? "system" : "agent")
                        .bind("by", by.username());
        return (name == null ? sql.bindNull("name", String.class) : sql.bind("name", name))
                .then()
                .then(Mono.defer(() -> doorbell.ring(List.of(conversation))));
    }
}
