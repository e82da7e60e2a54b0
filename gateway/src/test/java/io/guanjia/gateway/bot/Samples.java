package io.guanjia.gateway.bot;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The bot as it is shipped: its knowledge, its settings and its model. */
final class Samples {

    static final Path KNOWLEDGE =
            Path.of(System.getProperty("guanjia.root", "..")).resolve("config/knowledge");
    static final BotSettings SETTINGS =
            new Binder(new MapConfigurationPropertySource())
                    .bindOrCreate("guanjia.bot", BotSettings.class);

    /** A test run after the first need not encode the knowledge again. */
    static final VectorFile VECTORS = new VectorFile(Path.of("target/bot.vectors"));

    private static final LiveKnowledge SHIPPED = shipped();

    private Samples() {}

    /** What a customer might write, and the entry that answers it; none where we have no answer. */
    record Sample(String entryId, String text) {

        boolean ours() {
            return !entryId.equals("-");
        }
    }

    /** Loads the model, which takes seconds the first time. */
    static Bot bot() {
        return bot(SETTINGS.judgement());
    }

    static Bot bot(Judgement judgement) {
        return new KnowledgeBot(SHIPPED, judgement, Schedulers.newSingle("bot", true));
    }

    static KnowledgeIndex index() {
        return Objects.requireNonNull(SHIPPED.index().block());
    }

    private static LiveKnowledge shipped() {
        var live =
                new LiveKnowledge(
                        new KnowledgeFolder(KNOWLEDGE),
                        BgeEncoder::shared,
                        VECTORS,
                        Duration.ofHours(1),
                        Clock.systemUTC());
        live.start();
        return live;
    }

    static List<Sample> read(String name) {
        try (var lines = Samples.class.getResourceAsStream("/bot/" + name)) {
            if (lines == null) {
                throw new IllegalArgumentException("no " + name);
            }
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .map(line -> new Sample(line[0], line[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
