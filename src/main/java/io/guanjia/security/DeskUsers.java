package io.guanjia.security;

import io.guanjia.gateway.desk.Role;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The people who may sign in. */
@Component
final class DeskUsers {

    private final DatabaseClient database;

    DeskUsers(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Somebody as they are stored.
     *
     * @param locale null where they have not chosen one
     */
    record DeskUser(
            String username,
            String name,
            String passwordHash,
            Set<Role> roles,
            @Nullable String locale,
            String presence) {

        /** Leaves out the hash: this ends up in logs. */
        @Override
        public String toString() {
            return "DeskUser[" + username + ", roles=" + roles + "]";
        }
    }

    /** Empty for who does not exist or is disabled. */
    Mono<DeskUser> find(String username) {
        return database.sql(
                        """
                        select username, name, password_hash, roles, locale, presence
                        from desk_user where username = :username and not disabled
                        """)
                .bind("username", username)
                .map(DeskUsers::user)
                .one();
    }

    Mono<Boolean> exists(String username) {
        return database.sql("select 1 from desk_user where username = :username")
                .bind("username", username)
                .map(_ -> true)
                .one()
                .defaultIfEmpty(false);
    }

    /** Leaves alone who is there already, also when another node is quicker. */
    Mono<Void> add(String username, String name, String passwordHash, Set<Role> roles) {
        return database.sql(
                        """
                        insert into desk_user
                            (username, name, password_hash, roles, presence_at, created_at)
                        values (:username, :name, :hash, :roles, now(), now())
                        on conflict (username) do nothing
                        """)
                .bind("username", username)
                .bind("name", name)
                .bind("hash", passwordHash)
                .bind("roles", words(roles))
                .then();
    }

    /**
     * @param locale what they read: zh or en
     */
    Mono<Void> speaks(String username, String locale) {
        return database.sql("update desk_user set locale = :locale where username = :username")
                .bind("locale", locale)
                .bind("username", username)
                .then();
    }

    static Set<Role> roles(String words) {
        return Arrays.stream(words.split(","))
                .map(Role::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(","));
    }

    private static DeskUser user(Readable row) {
        return new DeskUser(
                text(row, "username"),
                text(row, "name"),
                text(row, "password_hash"),
                roles(text(row, "roles")),
                row.get("locale", String.class),
                text(row, "presence"));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
