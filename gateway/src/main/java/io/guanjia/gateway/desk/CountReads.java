package io.guanjia.gateway.desk;

import static io.guanjia.gateway.desk.Columns.required;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.Map;

/** Counts what the desk's lists hold. */
@Component
final class CountReads {

    /** Counting stops here: past it nobody reads the figure, and it must stay cheap. */
    private static final int ENOUGH = 1000;

    private final DatabaseClient database;

    CountReads(DatabaseClient database) {
        this.database = database;
    }

    /** How many there are in each list, at most 1000. */
    record Counts(int queue, int mine, int bot) {}

    Mono<Counts> of(Viewer viewer) {
        return open().zipWith(mine(java.util.List.of(viewer.username())))
                .map(
                        found ->
                                new Counts(
                                        found.getT1().queue(),
                                        found.getT2().getOrDefault(viewer.username(), 0),
                                        found.getT1().bot()));
    }

    Mono<Open> open() {
        return database.sql(
                        """
                        select (select count(*) from (select 1 from conversation
                                    where state = 'waiting' limit :enough) w) as queue,
                               (select count(*) from (select 1 from conversation
                                    where state = 'bot' limit :enough) b) as bot
                        """)
                .bind("enough", ENOUGH)
                .map(
                        row ->
                                new Open(
                                        required(row, "queue", Integer.class),
                                        required(row, "bot", Integer.class)))
                .one();
    }

    /** How many each of these people has; who has none is missing. */
    Mono<Map<String, Integer>> mine(Collection<String> usernames) {
        return database.sql(
                        """
                        select agent, count(*) as mine from conversation
                        where state = 'agent' and agent = any(:usernames)
                        group by agent
                        """)
                .bind("usernames", usernames.toArray(String[]::new))
                .map(
                        row ->
                                Map.entry(
                                        required(row, "agent", String.class),
                                        required(row, "mine", Integer.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** What is the same for everybody. */
    record Open(int queue, int bot) {}
}
