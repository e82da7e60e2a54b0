package io.guanjia.gateway.link;

import io.guanjia.gateway.BackgroundWork;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;

import java.time.Duration;

/** Removes short links that nobody was sent for a long time. Every node does; no harm is done. */
final class OldLinks extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(OldLinks.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final KeptLinks links;

    OldLinks(KeptLinks links) {
        this.links = links;
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                links::removeOld,
                failure ->
                        log.warn("Old short links could not be removed: {}", failure.toString()));
    }
}
