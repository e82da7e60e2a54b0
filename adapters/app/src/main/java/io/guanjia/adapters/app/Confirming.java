package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.address;
import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;

import io.guanjia.adapters.app.Threads.Unconfirmed;
import io.guanjia.gateway.message.Address;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;

/** How far customers have confirmed and read their threads. */
final class Confirming {

    private final DatabaseClient database;

    Confirming(DatabaseClient database) {
        this.database = database;
    }

    /** As {@link Threads#unconfirmed}. */
    Mono<List<Unconfirmed>> unconfirmed(Address customer, long upTo, boolean read) {
        return at(
                        database.sql(
                                """
                                select d.id, d.account, d.party
                                from party p
                                join app_thread t on t.party_id = p.id
                                join app_line l on l.party_id = p.id and l.seq <= :upTo
                                  and l.seq > case when :read then t.read
                                                   else greatest(t.received, t.read) end
                                join delivery d on d.message_id = l.message_id
                                where p.channel = 'app' and p.account = :account
                                  and p.party = :party
                                order by l.seq
                                """),
                        customer)
                .bind("upTo", upTo)
                .bind("read", read)
                .map(row -> new Unconfirmed(address(row), id(row, "id").toString()))
                .all()
                .collectList();
    }

    /** As {@link Threads#confirm}. */
    Mono<Void> confirm(Address customer, long upTo, boolean read) {
        return at(
                        database.sql(
                                """
                                update app_thread t
                                set received = greatest(t.received, least(:upTo, t.last)),
                                    read = case when :read then greatest(t.read, least(:upTo, t.last))
                                                else t.read end
                                from party p
                                where t.party_id = p.id and p.channel = 'app'
                                  and p.account = :account and p.party = :party
                                """),
                        customer)
                .bind("upTo", upTo)
                .bind("read", read)
                .then();
    }
}
