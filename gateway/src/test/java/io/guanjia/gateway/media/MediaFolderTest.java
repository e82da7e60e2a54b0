package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.outbound.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaFolderTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};

    @TempDir private Path folder = Path.of("");
    private final TestDatabase database = new TestDatabase();
    private MediaFolder media = media();

    @BeforeEach
    void begin() {
        media = media();
    }

    @AfterAll
    void end() {
        database.close();
    }

    @Test
    void keepsAFileAndGivesItBack() {
        var kept = save(pieces(PNG), "image/png", "截图.png", 1000);

        assertThat(kept.mimeType()).isEqualTo("image/png");
        assertThat(kept.size()).isEqualTo(PNG.length);
        var opened = Objects.requireNonNull(media.open(kept.id().toString()).block());
        assertThat(opened.name()).isEqualTo("截图.png");
        assertThat(bytes(opened.bytes())).isEqualTo(PNG);
    }

    @ParameterizedTest
    @CsvSource({
        "'<html><script>', image/png, a.png, ",
        "'<svg onload=alert(1)>', image/svg+xml, a.svg, ",
        "'MZ......', application/octet-stream, a.exe, ",
        "'GIF89a......', text/html, a.html, image/gif",
        "'%PDF-1.7 ...', image/png, a.png, ",
        "'%PDF-1.7 ...', image/png, 账单, application/pdf",
        "'对账单 2026', text/plain, a.txt, text/plain",
        "'<html>', text/html, a.html, ",
        "'#!AMR.....', , , audio/amr",
        "'\0\0\0\u0010ftypisom\0\0\2\0', video/mp4, a.mp4, video/mp4",
    })
    void believesOnlyTheContent(
            String content,
            @Nullable String declared,
            @Nullable String name,
            @Nullable String expected) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        if (expected == null) {
            assertThatThrownBy(() -> save(pieces(bytes), declared, name, 1000))
                    .isInstanceOfSatisfying(
                            MediaRejected.class,
                            e -> assertThat(e.kind()).isEqualTo(MediaRejected.Kind.TYPE));
        } else {
            assertThat(save(pieces(bytes), declared, name, 1000).mimeType()).isEqualTo(expected);
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void stopsAtTheLimitAndKeepsNothing() {
        var before = files();
        var endless = Flux.<DataBuffer>generate(sink -> sink.next(buffer(new byte[1000])));

        assertThatThrownBy(() -> save(endless, "image/png", null, 10_000))
                .isInstanceOf(MediaRejected.class);

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void keepsNothingOfAFileThatBreaksOff() {
        var before = files();
        var broken = pieces(PNG).concatWith(Mono.error(new IOException("reset")));

        assertThatThrownBy(() -> save(broken, "image/png", null, 1000))
                .hasRootCauseInstanceOf(IOException.class);

        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "'../../etc/passwd', passwd",
        "'C:\\windows\\a.png', a.png",
        "'a\r\nSet-Cookie: x.png', 'aSet-Cookie: x.png'",
        "'..', ",
        "'/', ",
        "'\u202Egnp.exe', gnp.exe",
    })
    void cleansNames(String name, @Nullable String expected) {
        assertThat(FileName.clean(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd", "01961111-1111-7111-8111-111111111111", "''"})
    void aFileThatIsNotThereIsUnavailable(String id) {
        assertThatThrownBy(() -> media.open(id).block())
                .isInstanceOfSatisfying(
                        MediaUnavailable.class, e -> assertThat(e.lasting()).isTrue());
    }

    @Test
    void whatANodeThatDiedLeftUnfinishedGoesAfterADay() throws IOException {
        var parts = Files.createDirectories(folder.resolve("unfinished"));
        var left = Files.writeString(parts.resolve("left.part"), "half a file");
        var growing = Files.writeString(parts.resolve("growing.part"), "half a file");
        var now = Instant.parse("2026-03-02T09:00:00Z");
        Files.setLastModifiedTime(left, FileTime.from(now.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(growing, FileTime.from(now.minus(Duration.ofHours(23))));
        var sweep =
                new UnfinishedFiles(
                        settings(), Clock.fixed(now, ZoneOffset.UTC), Schedulers.boundedElastic());

        assertThat(sweep.round().block(Duration.ofSeconds(20))).isEqualTo(1);

        assertThat(left).doesNotExist();
        assertThat(growing).exists();
        Files.delete(growing);
    }

    private MediaFolder media() {
        return new MediaFolder(
                database.client,
                new FolderShelf(folder, Schedulers.boundedElastic()),
                settings(),
                Ids.timeOrdered(),
                Clock.systemUTC(),
                Schedulers.boundedElastic());
    }

    private MediaSettings settings() {
        return new MediaSettings(
                folder,
                DataSize.ofMegabytes(1),
                Set.of(
                        "image/png",
                        "image/gif",
                        "audio/amr",
                        "video/mp4",
                        "application/pdf",
                        "text/plain"),
                List.of(),
                null,
                null,
                Duration.ofHours(72),
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    private StoredMedia save(
            Flux<DataBuffer> bytes, @Nullable String type, @Nullable String name, long limit) {
        return Objects.requireNonNull(
                media.save(bytes, type, name, limit).block(Duration.ofSeconds(20)));
    }

    private List<Path> leftovers() {
        return files().stream().filter(file -> file.toString().endsWith(".part")).toList();
    }

    private List<Path> files() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Flux<DataBuffer> pieces(byte[] bytes) {
        return Flux.range(0, bytes.length).map(i -> buffer(new byte[] {bytes[i]}));
    }

    private static DataBuffer buffer(byte[] bytes) {
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
    }

    private static byte[] bytes(Flux<DataBuffer> content) {
        var all = new ByteArrayOutputStream();
        DataBufferUtils.write(content, all)
                .doOnNext(DataBufferUtils::release)
                .blockLast(Duration.ofSeconds(20));
        return all.toByteArray();
    }
}
