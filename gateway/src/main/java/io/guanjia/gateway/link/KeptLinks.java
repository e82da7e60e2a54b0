package io.guanjia.gateway.link;

import io.guanjia.gateway.downgrade.ShortLink;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where short links lead, in PostgreSQL. A link is kept for {@link LinkSettings#keep()} after a
 * message with it was last committed.
 */
public final class KeptLinks {

    /** What everybody is sent is written once in this time, and nobody waits for others over it. */
    private static final Duration AGAIN_AFTER = Duration.ofDays(1);

    /** In one order, so that two transactions with the same new links never wait for each other. */
    private static final String KEEP =
            """
            insert into short_link as kept (code, url, said_at)
            select said.code, said.url, :now
            from unnest(:codes::text[], :urls::text[]) as said(code, url)
            where not exists (
                select 1 from short_link young
                where young.code = said.code and young.said_at > :old)
            order by said.code
            on conflict (code) do update set said_at = greatest(kept.said_at, excluded.said_at)
            """;

    private static final String FIND = "select url from short_link where code = :code";

    private static final String REMOVE = "delete from short_link where said_at < :old";

    private final DatabaseClient database;
    private final LinkSettings settings;
    private final Clock clock;

    KeptLinks(DatabaseClient database, LinkSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * To be part of the transaction that commits what they are said in, as its last statement:
     * others with the same new link wait for its end.
     */
    public Mono<Void> keep(Collection<ShortLink> links) {
        if (links.isEmpty()) {
            return Mono.empty();
        }
        var urls = new TreeMap<String, String>();
        links.forEach(link -> urls.put(link.code(), link.url()));
        return Mono.defer(
                () -> {
                    var now = clock.instant();
                    return database.sql(KEEP)
                            .bind("codes", urls.keySet().toArray(String[]::new))
                            .bind("urls", urls.values().toArray(String[]::new))
                            .bind("now", now)
                            .bind("old", now.minus(AGAIN_AFTER))
                            .then();
                });
    }

    /** Empty for what we never kept and no longer keep. */
    Mono<URI> find(String code) {
        return database.sql(FIND)
                .bind("code", code)
                .map(row -> URI.create(Objects.requireNonNull(row.get("url", String.class))))
                .one();
    }

    /** Removes those that nobody was sent for so long. Emits how many there were. */
    Mono<Long> removeOld() {
        return Mono.defer(
                () ->
                        database.sql(REMOVE)
                                .bind("old", clock.instant().minus(settings.keep()))
                                .fetch()
                                .rowsUpdated());
    }
}
