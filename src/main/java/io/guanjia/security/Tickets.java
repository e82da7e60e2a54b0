package io.guanjia.security;

import io.guanjia.gateway.desk.DeskDoor;
import io.guanjia.gateway.desk.Viewer;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One-time tickets for the socket: a browser can't send a header with it, and a cookie alone would
 * let other sites open one. Kept in PostgreSQL, so that any node may be asked and any may admit.
 */
@Component
final class Tickets implements DeskDoor {

    private static final Duration LIFE = Duration.ofSeconds(30);

    private final DatabaseClient database;
    private final Sessions sessions;

    Tickets(DatabaseClient database, Sessions sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** A ticket for who has this session, to be used within 30 seconds. */
    Mono<String> issue(String session, Locale locale) {
        return Mono.fromSupplier(Secret::random)
                .flatMap(
                        ticket ->
                                database.sql(
                                                """
                                                insert into desk_ticket
                                                    (token_hash, session_hash, language, expires_at)
                                                values (:hash, :session, :language,
                                                        now() + :life * interval '1 second')
                                                """)
                                        .bind("hash", Secret.hash(ticket))
                                        .bind("session", Secret.hash(session))
                                        .bind("language", locale.getLanguage())
                                        .bind("life", LIFE.toSeconds())
                                        .then()
                                        .thenReturn(ticket));
    }

    @Override
    public Mono<Pass> admit(String ticket) {
        if (!Secret.plausible(ticket)) {
            return Mono.empty();
        }
        return database.sql(
                        """
                        with used as (
                            delete from desk_ticket where token_hash = :hash
                            returning session_hash, language, expires_at)
                        select encode(s.token_hash, 'hex') as session, t.language, u.username, u.roles
                        from used t
                        join desk_session s on s.token_hash = t.session_hash and s.expires_at > now()
                        join desk_user u on u.username = s.username and not u.disabled
                        where t.expires_at > now()
                        """)
                .bind("hash", Secret.hash(ticket))
                .map(
                        row ->
                                new Pass(
                                        Viewer.person(
                                                text(row.get("username", String.class)),
                                                DeskUsers.roles(
                                                        text(row.get("roles", String.class)))),
                                        Locale.of(text(row.get("language", String.class))),
                                        text(row.get("session", String.class))))
                .one();
    }

    @Override
    public Mono<Map<Pass, Standing>> check(Collection<Pass> passes) {
        var hashes = passes.stream().map(Pass::session).collect(Collectors.toSet());
        return sessions.good(hashes)
                .map(
                        good ->
                                passes.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Function.identity(),
                                                        pass -> standing(pass, good))));
    }

    private static Standing standing(
            Pass pass, Map<String, Set<io.guanjia.gateway.desk.Role>> good) {
        var roles = good.get(pass.session());
        if (roles == null) {
            return Standing.ENDED;
        }
        return roles.equals(pass.viewer().roles()) ? Standing.GOOD : Standing.CHANGED;
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return Objects.requireNonNull(value);
    }
}
