package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import reactor.test.StepVerifier;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

class LiveKnowledgeTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final String BILL = "# 账单\n## 怎么查账单 {#bill}\n- 账单在哪\n- 看账单\n在这里。\n";

    @TempDir private Path folder;
    private final List<String> encoded = new CopyOnWriteArrayList<>();
    private final Encoder encoder =
            sentence -> {
                encoded.add(sentence.text());
                return new float[] {1, sentence.text().length()};
            };
    private @Nullable LiveKnowledge live;

    @AfterEach
    void stop() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void servesWhatIsSaved() throws IOException {
        write("bill.md", BILL);
        var live = start();
        await().until(() -> live.report().ready());

        write("sub/limit.md", "# 额度\n## 额度多少 {#limit}\n- 查额度\n在那里。\n");

        await().until(() -> live.report().entries() == 2);
        assertThat(live.report())
                .isEqualTo(new KnowledgeStatus.Report(true, 2, 5, NOON, List.of()));
        assertThat(live.knowledge().find("limit")).isPresent();
    }

    @Test
    void encodesOnlyWhatIsNew() throws IOException {
        write("bill.md", BILL);
        var live = start();
        await().until(() -> live.report().ready());
        assertThat(encoded).containsExactly("怎么查账单", "账单在哪", "看账单");
        encoded.clear();

        write("bill.md", BILL.replace("- 看账单", "- 看账单\n- 账单呢"));

        await().until(() -> live.report().wordings() == 4);
        assertThat(encoded).containsExactly("账单呢");
    }

    @Test
    void goesOnServingTheVersionBeforeAnError() throws IOException {
        write("bill.md", BILL);
        var live = start();
        await().until(() -> live.report().ready());

        write("bill.md", BILL.replace(" {#bill}", ""));

        await().until(() -> !live.report().problems().isEmpty());
        assertThat(live.report().problems())
                .containsExactly(Problem.of("bill.md", 2, Flaw.ID_MISSING));
        assertThat(live.knowledge().find("bill")).isPresent();

        write("bill.md", BILL.replace("在这里", "在首页"));

        await().until(() -> live.report().problems().isEmpty());
        assertThat(live.knowledge().find("bill").orElseThrow().chinese().answer())
                .isEqualTo("在首页。");
    }

    @Test
    void goesOnServingWhenTheFolderIsEmptied() throws IOException {
        write("bill.md", BILL);
        var live = start();
        await().until(() -> live.report().ready());

        Files.delete(folder.resolve("bill.md"));

        await().until(() -> !live.report().problems().isEmpty());
        assertThat(live.report().entries()).isEqualTo(1);
    }

    @Test
    void startsWithWhatIsSoundAndSaysWhatIsNot() throws IOException {
        write("bill.md", BILL);
        write("copy.md", BILL);

        write("limit.md", "# 额度\n## 额度多少\n- 查额度\n在那里。\n");
        var live = start();

        await().until(() -> live.report().ready());
        assertThat(live.report().entries()).isEqualTo(1);
        assertThat(live.report().problems())
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("copy.md:2: the id bill is taken"),
                        one -> assertThat(one).contains("copy.md:2: the wording \"怎么查账单\""),
                        one -> assertThat(one).contains("copy.md:2: the wording \"账单在哪\""),
                        one -> assertThat(one).contains("copy.md:2: the wording \"看账单\""),
                        one -> assertThat(one).contains("limit.md:2: the question has no id"));

        write("limit.md", "# 额度\n## 额度多少 {#limit}\n- 查额度\n在那里。\n");
        Files.delete(folder.resolve("copy.md"));

        await().until(() -> live.report().problems().isEmpty());
        assertThat(live.report().entries()).isEqualTo(2);
    }

    @Test
    void refusesToStartWhereNothingIsSound() throws IOException {
        write("bill.md", BILL.replace(" {#bill}", ""));

        assertThatThrownBy(this::start)
                .isInstanceOf(KnowledgeException.class)
                .hasMessageContaining("guanjia.bot.knowledge")
                .hasMessageContaining("bill.md:2: the question has no id");
    }

    @Test
    void refusesToStartWithoutKnowledge() {
        assertThatThrownBy(this::start).hasMessageContaining("holds no question");
        assertThatThrownBy(() -> start(folder.resolve("absent"), () -> encoder, null))
                .hasMessageContaining("can't be read")
                .hasMessageContaining("absent");
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        Files.write(folder.resolve("gbk.md"), BILL.getBytes(Charset.forName("GBK")));

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        KnowledgeException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactly(Problem.of("gbk.md", 1, Flaw.NOT_UTF8)));
    }

    @Test
    void takesRulesFromTheFolderInsteadOfItsOwn() throws IOException {
        write("bill.md", BILL);
        write("rules.txt", "[asked]\n=芝麻开门\n");
        var live = start();

        assertThat(live.knowledge().rules().person(Utterance.of("芝麻开门"))).isPresent();
        assertThat(live.knowledge().rules().person(Utterance.of("转人工"))).isEmpty();
    }

    @Test
    void tellsWhoeverWaitsThatTheModelCannotBeLoaded() throws IOException {
        write("bill.md", BILL);
        var live =
                start(
                        folder,
                        () -> {
                            throw new UnsatisfiedLinkError("no library for this machine");
                        },
                        null);

        StepVerifier.create(live.index())
                .expectErrorMessage("no library for this machine")
                .verify(Duration.ofSeconds(10));
        assertThat(live.report().ready()).isFalse();
        assertThat(live.report().problems())
                .extracting(Problem::flaw)
                .containsExactly(Flaw.MODEL_MISSING);
    }

    @Test
    void startsFasterWithWhatItEncodedBefore() throws IOException {
        write("bill.md", BILL);
        var vectors = folder.resolve("cache/vectors");
        var before = start(folder, () -> encoder, new VectorFile(vectors));
        await().until(() -> Files.exists(vectors));
        before.close();
        encoded.clear();

        var again = start(folder, () -> encoder, new VectorFile(vectors));
        await().until(() -> again.report().ready());

        assertThat(encoded).doesNotContain("看账单");
    }

    @Test
    void startsAllTheSameWithADamagedFileOrAnotherModel() throws IOException {
        write("bill.md", BILL);
        var file = folder.resolve("vectors");
        var vectors = new VectorFile(file);
        vectors.write(java.util.Map.of("看账单", new float[] {1, 2}), encoder);
        assertThat(vectors.read(encoder)).containsOnlyKeys("看账单");

        assertThat(vectors.read(sentence -> new float[] {0, 1})).isEmpty();

        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 6] ^= 1;
        Files.write(file, bytes);
        assertThat(vectors.read(encoder)).isEmpty();
    }

    private LiveKnowledge start() {
        return start(folder, () -> encoder, null);
    }

    private LiveKnowledge start(
            Path folder, Supplier<Encoder> model, @Nullable VectorFile vectors) {
        var started =
                new LiveKnowledge(
                        new KnowledgeFolder(folder),
                        model,
                        vectors,
                        Duration.ofMillis(20),
                        Clock.fixed(NOON, ZoneOffset.UTC));
        started.start();
        live = started;
        return started;
    }

    private void write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
