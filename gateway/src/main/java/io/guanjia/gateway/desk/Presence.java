package io.guanjia.gateway.desk;

import static io.guanjia.gateway.desk.Columns.required;

import io.guanjia.gateway.handoff.Attendance;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;

/**
 * Who is at the desk. A person is available while they call themselves online and have been seen on
 * some node within the last {@link #GRACE}; a closed laptop is nobody.
 */
@Component
public class Presence implements Attendance {

    /** How long somebody counts as there after their last sign of life. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final DatabaseClient database;

    Presence(DatabaseClient database) {
        this.database = database;
    }

    /** Says whether somebody takes conversations, and that they are there now. */
    public Mono<Void> set(String username, Status status) {
        return database.sql(
                        """
                        update desk_user set presence = :status, presence_at = now()
                        where username = :username
                        """)
                .bind("status", status.word())
                .bind("username", username)
                .then();
    }

    /** Notes that these people are there. To be called well within {@link #GRACE}. */
    Mono<Void> seen(Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return Mono.empty();
        }
        return database.sql(
                        """
                        update desk_user set presence_at = now() where username = any(:usernames)
                        """)
                .bind("usernames", usernames.toArray(String[]::new))
                .then();
    }

    @Override
    public Mono<Boolean> anyoneAvailable() {
        return database.sql(
                        """
                        select exists (
                            select 1 from desk_user
                            where presence = 'online' and not disabled
                              and presence_at > now() - :grace * interval '1 second'
                              and roles ~ '(agent|supervisor)') as available
                        """)
                .bind("grace", GRACE.toSeconds())
                .map(row -> required(row, "available", Boolean.class))
                .one();
    }

    /** What somebody says about themselves. */
    public enum Status {
        ONLINE,
        AWAY;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
