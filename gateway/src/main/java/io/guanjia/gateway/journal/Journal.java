package io.guanjia.gateway.journal;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Keeps what came in, in order for each sender, until it has been worked on.
 *
 * <p>May keep a record twice after a failure in between; its readers see to that. Any thread.
 */
public interface Journal {

    /**
     * Completes once every record is durable, and only then may the platform be told "success".
     * Fails with {@link JournalUnavailable} when that cannot be had now; the platform is to try
     * again. Answers within the bound of its settings, whatever the state of the servers behind it.
     */
    Mono<Void> append(List<JournalRecord> records);
}
