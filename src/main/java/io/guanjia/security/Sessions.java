package io.guanjia.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.desk.Role;
import io.guanjia.gateway.desk.Viewer;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Sign-ins, kept in PostgreSQL so that every node knows them. What is in the cookie is stored only
 * as a hash.
 */
@Component
final class Sessions {

    /** An ended session may go on for this long on other nodes. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    /** How exactly it is known when a session was last used. */
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    /** Past this without use, there is no socket open on a session: it would have been touched. */
    private static final Duration LEFT = TOUCH_EVERY.plusSeconds(30);

    private final DatabaseClient database;
    private final SecuritySettings.Session settings;
    private final Cache<String, Viewer> known =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(50_000).build();

    Sessions(DatabaseClient database, SecuritySettings settings) {
        this.database = database;
        this.settings = settings.session();
    }

    /** Begins a session and emits the secret for the cookie. */
    Mono<String> begin(String username) {
        return Mono.fromSupplier(Secret::random)
                .flatMap(
                        secret ->
                                database.sql(
                                                """
                                                insert into desk_session
                                                    (token_hash, username, created_at, last_used_at, expires_at)
                                                values (:hash, :username, now(), now(),
                                                        now() + :life * interval '1 second')
                                                """)
                                        .bind("hash", Secret.hash(secret))
                                        .bind("username", username)
                                        .bind("life", settings.life().toSeconds())
                                        .then()
                                        .thenReturn(secret));
    }

    /** Who is behind a cookie; empty for a session that is unknown, over, or of a disabled user. */
    Mono<Viewer> find(String secret) {
        if (!Secret.plausible(secret)) {
            return Mono.empty();
        }
        var hash = Secret.hash(secret);
        var cached = known.getIfPresent(Secret.hex(hash));
        if (cached != null) {
            return Mono.just(cached);
        }
        return database.sql(
                        """
                        with touched as (
                            update desk_session set last_used_at = now()
                            where token_hash = :hash
                              and last_used_at < now() - :touch * interval '1 second'
                              and last_used_at > now() - :idle * interval '1 second')
                        select u.username, u.roles
                        from desk_session s join desk_user u on u.username = s.username
                        where s.token_hash = :hash and not u.disabled and s.expires_at > now()
                          and s.last_used_at > now() - :idle * interval '1 second'
                        """)
                .bind("hash", hash)
                .bind("touch", TOUCH_EVERY.toSeconds())
                .bind("idle", settings.idle().toSeconds())
                .map(
                        row ->
                                Viewer.person(
                                        Objects.requireNonNull(row.get("username", String.class)),
                                        roles(row.get("roles", String.class))))
                .one()
                .doOnNext(viewer -> known.put(Secret.hex(hash), viewer));
    }

    /**
     * Ends it at once on this node, and within seconds on the others. Emits whose it was; empty
     * where there was none.
     */
    Mono<String> end(String secret) {
        var hash = Secret.hash(secret);
        return database.sql("delete from desk_session where token_hash = :hash returning username")
                .bind("hash", hash)
                .mapValue(String.class)
                .one()
                .doFinally(_ -> known.invalidate(Secret.hex(hash)));
    }

    /**
     * Whether somebody sits at a desk with any session: an open socket touches its own every {@link
     * #TOUCH_EVERY}. One left in a browser that was closed counts no more after {@link #LEFT}.
     */
    Mono<Boolean> inUse(String username) {
        return database.sql(
                        """
                        select exists (
                            select 1 from desk_session
                            where username = :username and expires_at > now()
                              and last_used_at > now() - :left * interval '1 second') as used
                        """)
                .bind("username", username)
                .bind("left", LEFT.toSeconds())
                .mapValue(Boolean.class)
                .one();
    }

    /**
     * Those of these sessions that are good, with what their users may do now. An open socket is
     * use: it keeps its session from running idle.
     *
     * @param hashes in hexadecimal
     */
    Mono<Map<String, Set<Role>>> good(Collection<String> hashes) {
        return database.sql(
                        """
                        with asked as (
                            select decode(hash, 'hex') as token_hash from unnest(:hashes) as hash),
                        touched as (
                            update desk_session set last_used_at = now()
                            where token_hash in (select token_hash from asked)
                              and last_used_at < now() - :touch * interval '1 second')
                        select encode(s.token_hash, 'hex') as hash, u.roles
                        from desk_session s join desk_user u on u.username = s.username
                        where s.token_hash in (select token_hash from asked) and not u.disabled
                          and s.expires_at > now()
                        """)
                .bind("hashes", hashes.toArray(String[]::new))
                .bind("touch", TOUCH_EVERY.toSeconds())
                .map(
                        row ->
                                Map.entry(
                                        Objects.requireNonNull(row.get("hash", String.class)),
                                        roles(row.get("roles", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Set<Role> roles(@org.jspecify.annotations.Nullable String words) {
        return DeskUsers.roles(Objects.requireNonNull(words));
    }
}
