package io.guanjia.trials.faults;

import io.guanjia.trials.process.Database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Everything about the customers whom something went wrong for, for whoever looks for the cause.
 */
final class Details {

    private Details() {}

    static void write(Path file, Observation all, List<String> slowest, Database database) {
        var lines = new ArrayList<String>();
        lines.addAll(slowest);
        lines.addAll(
                database.query(
                        """
                        select concat_ws(' ', 'database', pid, state, now() - xact_start,
                            now() - state_change, wait_event_type, wait_event, left(query, 200))
                        from pg_stat_activity where datname = current_database()
                        """,
                        row -> Objects.requireNonNull(row.getString(1))));
        for (var openid : troubled(all)) {
            lines.add("customer " + openid);
            all.offers().stream()
                    .filter(offer -> offer.openid().equals(openid))
                    .forEach(offer -> lines.add("  offered " + offer));
            lines.add("  kept " + all.kept(openid));
            lines.add("  seen " + all.seen(openid));
            lines.addAll(deliveries(openid, database));
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> troubled(Observation all) {
        var openids = new LinkedHashSet<String>();
        all.offers().forEach(offer -> openids.add(offer.openid()));
        openids.addAll(all.said().keySet());
        openids.removeIf(
                openid ->
                        Checker.check(all.only(openid)).problems().stream()
                                .allMatch(problem -> problem.startsWith("nothing")));
        return openids;
    }

    private static List<String> deliveries(String openid, Database database) {
        return database.query(
                """
                select concat_ws(' ', '  out', m.seq, m.content->>'body', d.state, d.reason,
                    'attempts', d.attempts, 'created', d.created_at, 'changed', d.changed_at,
                    'lease', d.lease_until, 'answers', d.answers)
                from message m left join delivery d on d.message_id = m.id
                join party p on p.id = m.party_id
                where p.party = '%s' and m.direction = 'out' order by m.seq
                """
                        .formatted(openid),
                row -> Objects.requireNonNull(row.getString(1)));
    }
}
