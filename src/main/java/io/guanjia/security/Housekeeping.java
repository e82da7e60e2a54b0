package io.guanjia.security;

import io.guanjia.gateway.BackgroundWork;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** Removes what has run out. Every node does; it is harmless together. */
@Component
final class Housekeeping extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final List<String> OLD =
            List.of(
                    "delete from desk_ticket where expires_at < now()",
                    "delete from desk_session where expires_at < now()",
                    "delete from sign_in_failure where at < now() - interval '1 day'");

    private final DatabaseClient database;

    Housekeeping(DatabaseClient database) {
        this.database = database;
    }

    private Mono<Void> sweep() {
        return Flux.fromIterable(OLD)
                .concatMap(sql -> database.sql(sql).then())
                .onErrorResume(
                        failure -> {
                            log.warn("Could not remove what has run out: {}", failure.toString());
                            return Mono.empty();
                        })
                .then();
    }

    @Override
    protected Flux<?> work() {
        return Flux.interval(EVERY).onBackpressureDrop().concatMap(_ -> sweep());
    }
}
