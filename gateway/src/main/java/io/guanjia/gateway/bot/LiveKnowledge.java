package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeFolder.Stamp;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The knowledge that serves now. Follows the folder: what is saved there serves a few seconds
 * later, unless something is wrong with it; then what served before goes on serving. A node that
 * starts has nothing before, and serves what is sound: it is there for more than the bot.
 */
final class LiveKnowledge implements KnowledgeStatus, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveKnowledge.class);

    /** One version in service. */
    private record Version(KnowledgeIndex index, Instant since) {}

    private final KnowledgeFolder folder;
    private final Supplier<? extends Encoder> model;
    private final @Nullable VectorFile vectors;
    private final Duration every;
    private final Clock clock;
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("knowledge").daemon().factory());
    private final CompletableFuture<KnowledgeIndex> first = new CompletableFuture<>();

    private volatile Knowledge knowledge;
    private volatile @Nullable Version version;
    private volatile List<Problem> problems = List.of();

    // Of the watcher's thread alone.
    private Map<Path, Stamp> tried;
    private Map<Path, Stamp> seen;

    /**
     * Reads the folder.
     *
     * @param model is asked once, from the watcher's thread
     * @param vectors where to keep what wordings were encoded to; null to encode them at every
     *     start
     * @throws KnowledgeException if nothing in it is sound
     */
    LiveKnowledge(
            KnowledgeFolder folder,
            Supplier<? extends Encoder> model,
            @Nullable VectorFile vectors,
            Duration every,
            Clock clock) {
        this.folder = folder;
        this.model = model;
        this.vectors = vectors;
        this.every = every;
        this.clock = clock;
        this.tried = stamps();
        this.seen = tried;
        var found = folder.look();
        this.knowledge = found.sound();
        if (found.flaws() != null) {
            problems = found.flaws().problems();
            log.error("{}\nThe rest serves.", found.flaws().getMessage());
        }
    }

    /** Loads the model and then follows the folder, both in the background. */
    void start() {
        watcher.execute(this::load);
        watcher.scheduleWithFixedDelay(
                this::follow, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is written; there from the start. */
    Knowledge knowledge() {
        return knowledge;
    }

    /** What answers questions; completes at once, or when the model is loaded. */
    Mono<KnowledgeIndex> index() {
        var serving = version;
        return serving == null ? Mono.fromFuture(first, true) : Mono.just(serving.index());
    }

    @Override
    public Report report() {
        var serving = version;
        return serving == null
                ? new Report(false, knowledge.entries().size(), 0, null, problems)
                : new Report(
                        true,
                        serving.index().knowledge().entries().size(),
                        serving.index().size(),
                        serving.since(),
                        problems);
    }

    private void load() {
        try {
            var start = System.nanoTime();
            var encoder = model.get();
            var known = vectors == null ? Map.<String, float[]>of() : vectors.read(encoder);
            serve(KnowledgeIndex.of(knowledge, encoder, known));
            log.info("The bot was ready after {} ms", (System.nanoTime() - start) / 1_000_000);
        } catch (RuntimeException | LinkageError e) {
            log.error("The bot can't answer: its language model could not be loaded", e);
            problems = List.of(Problem.ofAll(Flaw.MODEL_MISSING, e));
            first.completeExceptionally(e);
        }
    }

    /** Waits until a change has settled for one round: an editor may still be saving. */
    private void follow() {
        var serving = version;
        var now = stamps();
        if (serving != null && !now.equals(tried) && now.equals(seen)) {
            tried = now;
            replace(serving.index());
        }
        seen = now;
    }

    private void replace(KnowledgeIndex serving) {
        try {
            serve(serving.over(folder.read()));
            problems = List.of();
        } catch (KnowledgeException e) {
            problems = e.problems();
            log.error("{}\nThe version before goes on serving.", e.getMessage());
        } catch (RuntimeException e) {
            problems = List.of(Problem.ofAll(Flaw.NOT_TAKEN, e));
            log.error("The knowledge was not replaced; the version before goes on serving", e);
        }
    }

    private void serve(KnowledgeIndex index) {
        knowledge = index.knowledge();
        version = new Version(index, clock.instant());
        first.complete(index);
        log.info(
                "Knowledge in service: {} entries, {} wordings",
                index.knowledge().entries().size(),
                index.size());
        if (vectors != null && index.encoded() > 0) {
            vectors.write(index.vectors(), index.encoder());
        }
    }

    /** Nothing while the folder can't be read: reading it will tell why. */
    private Map<Path, Stamp> stamps() {
        try {
            return folder.stamps();
        } catch (IOException _) {
            return Map.of();
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
