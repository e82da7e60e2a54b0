package io.guanjia.security;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.util.Map;
import java.util.Objects;

/**
 * Hashes passwords with Argon2id, with the memory and rounds that OWASP asks for at least. Each
 * hash costs 19 MB and a good part of a core for a while, so only as many run at once as there are
 * cores, never on an event loop, and a flood of them is refused rather than queued.
 */
@Component
final class Passwords implements DisposableBean {

    private static final int WAITING = 200;

    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder(
                    "argon2",
                    Map.of(
                            "argon2", new Argon2PasswordEncoder(16, 32, 1, 19_456, 2),
                            "bcrypt", new BCryptPasswordEncoder(12)));
    private final Scheduler hashing =
            Schedulers.newBoundedElastic(
                    Runtime.getRuntime().availableProcessors(), WAITING, "passwords", 60, true);
    private final Mono<String> nobody =
            Mono.fromCallable(() -> encode(Secret.random()))
                    .subscribeOn(hashing)
                    // Not a failure: the next one may find the pool less full.
                    .cacheInvalidateIf(_ -> false);

    /** A hash of it, or itself where it is one already. */
    Mono<String> hashed(String password) {
        return password.startsWith("{argon2}") || password.startsWith("{bcrypt}")
                ? Mono.just(password)
                : Mono.fromCallable(() -> encode(password)).subscribeOn(hashing);
    }

    /**
     * Whether the password is right. Takes as long for a user who does not exist.
     *
     * @param hash null where there is no such user
     */
    Mono<Boolean> matches(String password, @Nullable String hash) {
        return (hash == null ? nobody : Mono.just(hash))
                .flatMap(
                        against ->
                                Mono.fromCallable(() -> encoder.matches(password, against))
                                        .subscribeOn(hashing))
                .map(right -> right && hash != null);
    }

    private String encode(String password) {
        return Objects.requireNonNull(encoder.encode(password));
    }

    @Override
    public void destroy() {
        hashing.dispose();
    }
}
