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
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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

    @Test
    void keepsTheSameBytesOnceUnderEveryName() {
        var picture = Arrays.copyOf(PNG, 40);
        var first = save(pieces(picture), "image/png", "身份证.png", 1000);
        var before = files();

        var second = save(pieces(picture), "image/png", "营业执照.png", 1000);

        assertThat(files()).isEqualTo(before);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.name()).isEqualTo("营业执照.png");
        var found = Objects.requireNonNull(media.find(second.id()).block(Duration.ofSeconds(20)));
        assertThat(found).isEqualTo(second);
        assertThat(bytes(media.read(found, 0, found.size()))).isEqualTo(picture);
    }

    @Test
    void keepsBytesAgainThatAreNoLongerThere() throws IOException {
        var picture = Arrays.copyOf(PNG, 50);
        var before = files();
        save(pieces(picture), "image/png", "a.png", 1000);
        for (var file : files()) {
            if (!before.contains(file)) {
                Files.delete(file);
            }
        }

        var again = save(pieces(picture), "image/png", "a.png", 1000);

        assertThat(again.keptAs()).isEqualTo(again.id());
        assertThat(bytes(media.read(again, 0, again.size()))).isEqualTo(picture);
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
            refused(bytes, declared, name);
        } else {
            assertThat(save(pieces(bytes), declared, name, 1000).mimeType()).isEqualTo(expected);
        }
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WordDocument, 合同.doc, application/msword",
        "Workbook, 流水.xls, application/vnd.ms-excel",
        "PowerPoint Document, 方案.ppt, application/vnd.ms-powerpoint",
        "__properties_version1.0, 来信.msg, application/x-ole-storage",
        "Workbook, 合同.doc, ",
        "WordDocument, 照片.jpg, ",
        "Tables, 安装.msi, ",
    })
    void keepsOldDocumentsUnderTheirOwnNames(
            String stream, String name, @Nullable String expected) {
        var document = CompoundTest.file(2, stream);
        if (expected == null) {
            refused(document, "application/octet-stream", name);
        } else {
            var kept = save(pieces(document), "application/octet-stream", name, 10_000);
            assertThat(kept.mimeType()).isEqualTo(expected);
            assertThat(disposition(kept)).startsWith("attachment");
        }
    }

    /** 200 MB of nothing, in some 200 KB. */
    @Test
    void refusesAZipBombWithoutUnpackingIt() throws IOException {
        var bomb = zipOf(200);

        assertThat(bomb).hasSizeLessThan(500_000);
        refusesAsTooLarge(bomb);
        assertThat(leftovers()).isEmpty();
    }

    /**
     * Between its list and its end record a program skips what the end record does not speak of.
     */
    @Test
    void refusesAZipBombWhoseListIsSomewhereElse() throws IOException {
        var bomb = zipOf(200);
        var end = bomb.length - 22;
        var moved = new byte[bomb.length + 7];
        System.arraycopy(bomb, 0, moved, 0, end);
        System.arraycopy(bomb, end, moved, end + 7, 22);
        refusesAsTooLarge(moved);

        // Nor where the end record says.
        moved[moved.length - 6]++;
        refusesAsTooLarge(moved);
    }

    @Test
    void refusesAZipBombBehindWhichSomethingElseStands() throws IOException {
        var bomb = zipOf(200);
        refusesAsTooLarge(Arrays.copyOf(bomb, bomb.length + 1));

        var decoyed = Arrays.copyOf(bomb, bomb.length + 30);
        var empty = ByteBuffer.wrap(decoyed, bomb.length, 22).order(ByteOrder.LITTLE_ENDIAN);
        empty.putInt(0x06054b50);
        decoyed[bomb.length - 2] = 30;
        refusesAsTooLarge(decoyed);
    }

    @Test
    void refusesAZipBombWhoseListIsLongerThanItSays() throws IOException {
        var bomb = zipOf(0, 200);
        var end = bomb.length - 22;
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(end + 12, 46 + 5);

        refusesAsTooLarge(bomb);
    }

    private void refusesAsTooLarge(byte[] zip) {
        assertThatThrownBy(() -> save(pieces(zip), null, "账单.zip", 500_000))
                .isInstanceOfSatisfying(
                        MediaRejected.class,
                        e -> assertThat(e.kind()).isEqualTo(MediaRejected.Kind.TOO_LARGE));
    }

    @Test
    void keepsAZipThatIsPackedWell() throws IOException {
        var zip = zipOf(2);

        assertThat(save(pieces(zip), null, "账单.zip", zip.length).size()).isEqualTo(zip.length);
    }

    private static byte[] zipOf(int... megabytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var nothing = new byte[1 << 20];
            for (var entry = 0; entry < megabytes.length; entry++) {
                zip.putNextEntry(new ZipEntry(entry + ".txt"));
                for (var i = 0; i < megabytes[entry]; i++) {
                    zip.write(nothing);
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "526172211A0700, 材料.rar, application/vnd.rar",
        "526172211A070100, 材料.rar, application/vnd.rar",
        "377ABCAF271C, 材料.7z, application/x-7z-compressed",
        "1F8B08, 材料.tar.gz, application/gzip",
        "526172211A0700, 材料.zip, ",
        "377ABCAF271C, 材料.docx, ",
        "1F8B08, 材料.pdf, ",
        "7F454C460201, 材料.rar, ",
        "4D5A90000300, 材料.7z, ",
    })
    void keepsArchivesAsTheyAre(String beginning, String name, @Nullable String expected) {
        var archive = Arrays.copyOf(HexFormat.of().parseHex(beginning), 300);
        if (expected == null) {
            refused(archive, null, name);
        } else {
            var kept = save(pieces(archive), null, name, 1000);
            assertThat(kept.mimeType()).isEqualTo(expected);
            assertThat(disposition(kept)).startsWith("attachment");
            assertThat(bytes(media.read(kept, 0, kept.size()))).isEqualTo(archive);
        }
    }

    /** A browser says of a table what the programs on its computer say. */
    @ParameterizedTest
    @CsvSource({
        "流水.csv, application/vnd.ms-excel, GB18030, text/csv;charset=GB18030",
        "流水.csv, application/octet-stream, GBK, text/csv;charset=GB18030",
        "流水.csv, text/csv, UTF-8, text/csv;charset=UTF-8",
        "说明.txt, text/plain, GBK, text/plain;charset=GB18030",
        "说明.txt, , UTF-8, text/plain;charset=UTF-8",
    })
    void servesATextInItsOwnCharset(
            String name, @Nullable String declared, String charset, String served) {
        var text = "姓名,金额\r\n李雷,12.50\r\n".getBytes(Charset.forName(charset));

        var kept = save(pieces(text), declared, name, 1000);
        var found = Objects.requireNonNull(media.find(kept.id()).block(Duration.ofSeconds(20)));
        var answer = FileAnswer.to(new HttpHeaders(), found, media);

        assertThat(String.valueOf(answer.getHeaders().getContentType())).isEqualTo(served);
        assertThat(disposition(found)).startsWith("attachment");
        assertThat(bytes(Objects.requireNonNull(answer.getBody()))).isEqualTo(text);
    }

    @Test
    void binariesAreNoTextWhateverTheyAreCalled() {
        var noise = new byte[3000];
        new Random(1).nextBytes(noise);

        refused(noise, "text/plain", "a.txt");
        refused(noise, "text/csv", "a.csv");
        refused(noise, "application/octet-stream", "a.bin");
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, inline",
        "audio/ogg, inline",
        "audio/speex, attachment",
        "application/pdf, attachment",
        "application/vnd.ms-excel, attachment",
        "text/csv;charset=GB18030, attachment",
    })
    void showsInPlaceOnlyWhatABrowserShows(String type, String expected) {
        var file = new StoredMedia(UUID.randomUUID(), type, 10, "a");

        var answer = FileAnswer.to(new HttpHeaders(), file, media);

        assertThat(disposition(file)).startsWith(expected);
        assertThat(answer.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
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
                        "audio/speex",
                        "application/pdf",
                        "application/zip",
                        "application/vnd.rar",
                        "application/x-7z-compressed",
                        "application/gzip",
                        "application/msword",
                        "application/vnd.ms-excel",
                        "application/vnd.ms-powerpoint",
                        "application/x-ole-storage",
                        "text/plain",
                        "text/csv"),
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

    private void refused(byte[] file, @Nullable String type, @Nullable String name) {
        assertThatThrownBy(() -> save(pieces(file), type, name, 10_000))
                .isInstanceOfSatisfying(
                        MediaRejected.class,
                        e -> assertThat(e.kind()).isEqualTo(MediaRejected.Kind.TYPE));
    }

    private String disposition(StoredMedia file) {
        var headers = FileAnswer.to(new HttpHeaders(), file, media).getHeaders();
        return String.valueOf(headers.getFirst(HttpHeaders.CONTENT_DISPOSITION));
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
