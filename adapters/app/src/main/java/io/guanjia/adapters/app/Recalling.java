package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.address;
import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.number;

import io.guanjia.gateway.message.Address;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;

/** Which lines of threads were taken back. */
final class Recalling {

    /** Of one thread. A client that has older ones is told once it reads them again. */
    private static final int MOST = 200;

    private static final int WITHIN_SECONDS = 12;

    /** Few messages are taken back, so it begins with those of the party's. */
    private static final String RECALLED =
            """
            select l.seq
            from party o
            join party own on own.id = o.id or own.same_as = o.id
            join message m on m.party_id = own.id and m.recalled_at is not null
            join app_line l on l.message_id = m.id and l.party_id = o.id
            where o.channel = 'app' and o.account = :account and o.party = :party
                and l.seq <= :place
            order by l.seq desc limit :limit
            """;

    private static final String LATELY =
            """
            select o.account, o.party, l.seq
            from message m
            join app_line l on l.message_id = m.id
            join party o on o.id = l.party_id
            where m.recalled_at > now() - :seconds * interval '1 second'
            """;

    private final DatabaseClient database;

    Recalling(DatabaseClient database) {
        this.database = database;
    }

    /** As {@link Threads#recalled}. */
    Mono<List<Long>> recalled(Address customer, long upTo) {
        return at(database.sql(RECALLED), customer)
                .bind("place", upTo)
                .bind("limit", MOST)
                .map(row -> number(row, "seq"))
                .all()
                .collectList();
    }

    /** As {@link Threads#recalledLately}. */
    Flux<Threads.Recalled> lately() {
        return database.sql(LATELY)
                .bind("seconds", WITHIN_SECONDS)
                .map(row -> new Threads.Recalled(address(row), number(row, "seq")))
                .all();
    }
}
