package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.number;
import static io.guanjia.adapters.app.Columns.text;

import static java.util.Objects.requireNonNull;

import io.guanjia.adapters.app.Threads.Line;
import io.guanjia.gateway.message.Address;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;

/** Reads lines of threads, a page at a time. */
final class Paging {

    private static final String LINES =
            """
            select l.seq, m.id, m.direction, m.external_id, m.author_kind, u.name as agent,
                   case when m.recalled_at is null then m.content::text
                       else '{"type":"recalled"}' end as content,
                   m.sent_at
            from app_line l
            join message m on m.id = l.message_id
            left join desk_user u on m.author_kind = 'agent' and u.username = m.author_name
            where l.party_id = (
                select id from party
                where channel = 'app' and account = :account and party = :party)
            """;

    private final DatabaseClient database;
    private final LineView views;

    Paging(DatabaseClient database, JsonMapper mapper) {
        this.database = database;
        this.views = new LineView(mapper);
    }

    /** As {@link Threads#after}. */
    Mono<List<Line>> after(Address customer, long sequence, int limit) {
        return lines(
                LINES + "and l.seq > :place order by l.seq limit :limit",
                customer,
                sequence,
                limit);
    }

    /** As {@link Threads#before}. */
    Mono<List<Line>> before(Address customer, long sequence, int limit) {
        return lines(
                        LINES + "and l.seq < :place order by l.seq desc limit :limit",
                        customer,
                        sequence,
                        limit)
                .map(List::reversed);
    }

    private Mono<List<Line>> lines(String sql, Address customer, long place, int limit) {
        return at(database.sql(sql), customer)
                .bind("place", place)
                .bind("limit", limit)
                .map(this::line)
                .all()
                .collectList();
    }

    private Line line(Readable row) {
        var own = "in".equals(row.get("direction", String.class));
        return new Line(
                number(row, "seq"),
                id(row, "id"),
                own ? row.get("external_id", String.class) : null,
                text(row, "author_kind"),
                row.get("agent", String.class),
                views.of(text(row, "content")),
                requireNonNull(row.get("sent_at", Instant.class)));
    }
}
