package io.guanjia.security;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** Removes what has run out. Every node does; it is harmless together. */
@Component
final class Housekeeping implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final List<String> OLD =
            List.of(
                    "delete from desk_ticket where expires_at < now()",
                    "delete from desk_session where expires_at < now()",
                    "delete from sign_in_failure where at < now() - interval '1 day'");

    private final DatabaseClient database;
    private volatile @Nullable Disposable work;

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
    public void start() {
        work = Flux.interval(EVERY).onBackpressureDrop().concatMap(_ -> sweep()).subscribe();
    }

    @Override
    public void stop() {
        var running = work;
        work = null;
        if (running != null) {
            running.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return work != null;
    }
}
