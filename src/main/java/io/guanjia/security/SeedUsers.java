package io.guanjia.security;

import io.guanjia.security.SecuritySettings.User;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Creates the users of the settings who do not exist yet, before the node calls itself ready. */
@Component
final class SeedUsers implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(SeedUsers.class);
    private static final int PATIENCE_SECONDS = 60;

    private final SecuritySettings settings;
    private final DeskUsers users;
    private final Passwords passwords;

    SeedUsers(SecuritySettings settings, DeskUsers users, Passwords passwords) {
        this.settings = settings;
        this.users = users;
        this.passwords = passwords;
    }

    /** The start waits here, on its own thread. */
    @Override
    public void run(ApplicationArguments arguments)
            throws ExecutionException, InterruptedException, TimeoutException {
        Flux.fromIterable(settings.users())
                .concatMap(this::seed)
                .then()
                .toFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Mono<Void> seed(User user) {
        return users.exists(user.username())
                .filter(exists -> !exists)
                .flatMap(_ -> passwords.hashed(user.password()))
                .flatMap(
                        hash ->
                                users.add(user.username(), user.name(), hash, user.roles())
                                        .doOnSuccess(
                                                _ ->
                                                        log.info(
                                                                "Created the user {} of the"
                                                                        + " settings",
                                                                user.username())));
    }
}
