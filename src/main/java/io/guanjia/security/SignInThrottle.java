package io.guanjia.security;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Makes guessing passwords slow: after some failures in a row a user, and an address, has to wait,
 * and twice as long after each further one. A try is counted before its password is looked at, so
 * that many at once gain nothing; counted in PostgreSQL, so that neither another node nor a restart
 * gains anything either.
 *
 * <p>Whoever knows a user's name can make that user wait. That is the price of guesses from many
 * addresses being slow as well; sessions that are open stay open.
 */
@Component
final class SignInThrottle {

    /** After this long without a try, everything is forgotten. */
    private static final Duration FORGET = Duration.ofHours(1);

    private static final String COUNT =
            """
            insert into sign_in_failure as f (subject, failures, blocked_until, at)
            values (:subject, 1,
                    case when 1 >= :tries then now() + :delay * interval '1 second' end, now())
            on conflict (subject) do update set
                failures = case when f.at < now() - :forget * interval '1 second'
                                then 1 else f.failures + 1 end,
                blocked_until = case
                    when f.at >= now() - :forget * interval '1 second' and f.failures + 1 >= :tries
                    then now() + least(:delay * power(2, least(f.failures + 1 - :tries, 20)), :longest)
                         * interval '1 second' end,
                at = now()
            where f.blocked_until is null or f.blocked_until <= now()
            """;

    private final DatabaseClient database;
    private final SecuritySettings.SignIn settings;

    SignInThrottle(DatabaseClient database, SecuritySettings settings) {
        this.database = database;
        this.settings = settings.signIn();
    }

    /** Counts a try. Fails with {@link SignInProblem.TooManyAttempts} where none is allowed now. */
    Mono<Void> count(String username, InetAddress address) {
        return count(subject(address), settings.triesPerAddress())
                .then(Mono.defer(() -> count(subject(username), settings.triesPerUser())));
    }

    /** Takes the last try back: its password was right. */
    Mono<Void> forgive(String username, InetAddress address) {
        return database.sql("delete from sign_in_failure where subject = :subject")
                .bind("subject", subject(username))
                .then()
                .then(
                        database.sql(
                                        """
                                        update sign_in_failure
                                        set failures = greatest(failures - 1, 0), blocked_until = null
                                        where subject = :subject
                                        """)
                                .bind("subject", subject(address))
                                .then());
    }

    private Mono<Void> count(byte[] subject, int tries) {
        return database.sql(COUNT)
                .bind("subject", subject)
                .bind("tries", tries)
                .bind("delay", settings.delay().toSeconds())
                .bind("longest", settings.longestDelay().toSeconds())
                .bind("forget", FORGET.toSeconds())
                .fetch()
                .rowsUpdated()
                .filter(counted -> counted > 0)
                .switchIfEmpty(Mono.defer(() -> refuse(subject)))
                .then();
    }

    private Mono<Long> refuse(byte[] subject) {
        return database.sql(
                        """
                        select ceil(extract(epoch from blocked_until - now()))::bigint as seconds
                        from sign_in_failure where subject = :subject
                        """)
                .bind("subject", subject)
                .map(row -> Objects.requireNonNullElse(row.get("seconds", Long.class), 1L))
                .one()
                .defaultIfEmpty(1L)
                .flatMap(
                        seconds ->
                                Mono.error(
                                        new SignInProblem.TooManyAttempts(
                                                Duration.ofSeconds(Math.max(1, seconds)))));
    }

    private static byte[] subject(String username) {
        return Secret.hash("user " + username.toLowerCase(Locale.ROOT));
    }

    /** Of an IPv6 address the first half: the rest is one household's or one server's to choose. */
    private static byte[] subject(InetAddress address) {
        var bytes = address.getAddress();
        var network = bytes.length == 4 ? bytes : Arrays.copyOf(bytes, 8);
        return Secret.hash("address " + List.of(Secret.hex(network)));
    }
}
