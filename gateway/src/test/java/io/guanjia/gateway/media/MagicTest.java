package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class MagicTest {

    private static final byte[] SOMETHING = "<x/>".repeat(50).getBytes(StandardCharsets.UTF_8);

    /** In the orders in which Office, LibreOffice, openpyxl and docx.js write them. */
    @ParameterizedTest
    @CsvSource({
        "[Content_Types].xml _rels/.rels word/document.xml, wordprocessingml.document",
        "_rels/.rels docProps/core.xml word/document.xml, wordprocessingml.document",
        "docProps/app.xml docProps/core.xml xl/theme/theme1.xml, spreadsheetml.sheet",
        "xl/worksheets/sheet1.xml xl/workbook.xml [Content_Types].xml, spreadsheetml.sheet",
        "word/document.xml docProps/core.xml, wordprocessingml.document",
        "word/ word/_rels/ word/_rels/document.xml.rels word/document.xml,"
                + " wordprocessingml.document",
        "customXml/item1.xml [Content_Types].xml word/document.xml, wordprocessingml.document",
        "[Content_Types].xml ppt/presentation.xml, presentationml.presentation",
    })
    void anOfficeDocumentIsKnownByItsParts(String entries, String expected) {
        for (var stored : List.of(true, false)) {
            assertThat(type(zip(stored, entries.split(" ")), "a.bin"))
                    .isEqualTo("application/vnd.openxmlformats-officedocument." + expected);
        }
    }

    @Test
    void aPackageWhoseFirstPartsDoNotSayIsWhatItsNameSays() {
        var late = zip(true, "[Content_Types].xml", "docProps/thumbnail.jpeg");

        assertThat(type(late, "报告.pptx")).endsWith("presentationml.presentation");
        assertThat(type(late, "报告")).isEqualTo("application/zip");
    }

    @ParameterizedTest
    @CsvSource({
        "META-INF/MANIFEST.MF a/B.class",
        "mimetype content.xml",
        "xl/ xl/media/image1.png",
    })
    void anotherArchiveIsNoOfficeDocumentWhateverItIsCalled(String entries) {
        var archive = zip(false, entries.split(" "));

        assertThat(type(archive, "a.docx")).isEqualTo("application/zip");
        assertThat(FileName.fits("a.docx", "application/zip")).isFalse();
        assertThat(FileName.fits("a.zip", "application/zip")).isTrue();
    }

    @Test
    void anOfficeDocumentMayBeginWithALargePicture() {
        var picture = zip(true, "xl/media/image1.png");

        assertThat(type(picture, "报表.xlsx")).endsWith("spreadsheetml.sheet");
        assertThat(type(picture, "报表.docx")).isEqualTo("application/zip");
        assertThat(type(picture, "报表")).isEqualTo("application/zip");
    }

    @Test
    void aTextIsJudgedByHowItBegins() {
        var statement = ("账单\n".repeat(100) + "\0").getBytes(StandardCharsets.UTF_8);

        assertThat(Magic.typeOf(statement, "text/plain", "a.txt")).contains("text/plain");
    }

    @Test
    void aBrokenArchiveIsAnArchive() {
        var whole = zip(true, "[Content_Types].xml", "word/document.xml");
        for (var length = 4; length < 60; length++) {
            assertThat(type(Arrays.copyOf(whole, length), "a.bin")).isEqualTo("application/zip");
        }
        var lying = whole.clone();
        ByteBuffer.wrap(lying)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, -1)
                .putShort(28, (short) -1);
        assertThat(type(lying, "a.bin")).isEqualTo("application/zip");
    }

    @ParameterizedTest
    @CsvSource({
        "isom, 'isom,iso2,avc1,mp41', video/mp4",
        "mp42, 'isom,mp42', video/mp4",
        "iso6, 'mp41', video/mp4",
        "'M4V ', 'M4V ,M4A ,mp42,isom', video/mp4",
        "'M4A ', 'M4A ,mp42,isom', audio/mp4",
        "'M4B ', 'isom', audio/mp4",
        "'qt  ', 'qt  ', video/quicktime",
        "3gp4, 'isom,3gp4', video/3gpp",
        "heic, 'mif1,heic', image/heic",
        "mif1, 'mif1,heic', image/heic",
        "mif1, 'mif1,avif,miaf', image/avif",
        "mif1, 'mif1', image/heif",
        "avif, 'avif,mif1,miaf,isom', image/avif",
        "XXXX, 'YYYY,mp42', video/mp4",
        "XXXX, 'YYYY', ",
        "'\0\0\0\0', '', ",
    })
    void boxesAreWhatTheirBrandSays(
            String major, @Nullable String compatible, @Nullable String expected) {
        assertThat(type(ftyp(major, compatible == null ? "" : compatible), "a.mp4"))
                .isEqualTo(expected);
    }

    @Test
    void boxesOfALengthThatCannotBeAreNothing() {
        var film = ftyp("isom", "isom");
        for (var length : List.of(0, 8, 17, -1)) {
            ByteBuffer.wrap(film).putInt(0, length);
            assertThat(type(film, "a.mp4")).isNull();
        }
    }

    @Test
    void aBitmapHasAHeaderThatMakesSense() {
        assertThat(type(bitmap(40, 54, 1, 1000), "a.bmp")).isEqualTo("image/bmp");
        assertThat(type(bitmap(124, 138, 1, 0), "a.bmp")).isEqualTo("image/bmp");
        assertThat(type(bitmap(41, 55, 1, 1000), "a.bmp")).isNull();
        assertThat(type(bitmap(40, 14, 1, 1000), "a.bmp")).isNull();
        assertThat(type(bitmap(40, 54, 7, 1000), "a.bmp")).isNull();
        assertThat(type(bitmap(40, 54, 1, 20), "a.bmp")).isNull();
        var words = "BMW 的贷款利率是多少？我想问一下。".getBytes(StandardCharsets.UTF_8);
        assertThat(type(words, "a.bmp")).isNull();
        assertThat(Magic.typeOf(words, "text/plain", "a.txt")).contains("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "52 61 72 21 1A 07 00, application/vnd.rar",
        "52 61 72 21 1A 07 01 00, application/vnd.rar",
        "52 61 72 21 1A 07 01 01, ",
        "37 7A BC AF 27 1C, application/x-7z-compressed",
        "37 7A BC AF, ",
        "1F 8B 08, application/gzip",
        "1F 8B 09, ",
    })
    void anArchiveIsKnownByHowItBegins(String beginning, @Nullable String expected) {
        var file = Arrays.copyOf(HexFormat.ofDelimiter(" ").parseHex(beginning), 100);

        assertThat(type(file, "a.bin")).isEqualTo(expected);
    }

    @Test
    void speexInOggIsToldFromOtherSound() {
        assertThat(type(ogg("Speex   1.2"), "a.ogg")).isEqualTo("audio/speex");
        assertThat(type(ogg("\u0001vorbis"), "a.ogg")).isEqualTo("audio/ogg");
        assertThat(type(ogg("OpusHead"), null)).isEqualTo("audio/ogg");
        assertThat(type(Arrays.copyOf(ogg("Speex   1.2"), 30), null)).isEqualTo("audio/ogg");
        assertThat(type("OggS".getBytes(StandardCharsets.US_ASCII), null)).isEqualTo("audio/ogg");
        assertThat(FileName.fits("a.spx", "audio/speex")).isTrue();
    }

    /** Frames of it, as WeChat sends them: they begin like anything. */
    @Test
    void rawSpeexIsNothingWeKnow() {
        var frames = HexFormat.of().parseHex("461eb3a42e9d70a25c1d7b0e3c21".repeat(20));

        assertThat(Magic.typeOf(frames, "audio/x-speex-with-header-byte", null)).isEmpty();
        assertThat(Magic.typeOf(frames, "audio/speex", "a.spx")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.PNG, image/jpeg, true",
        "a.png, application/zip, false",
        "a.jpg, video/mp4, false",
        "a.mp4, audio/mp4, true",
        "a.mp4, image/heic, false",
        "a.pdf, application/zip, false",
        "a.txt, application/pdf, false",
        "a.txt, text/plain;charset=GB18030, true",
        "a.txt, text/csv, false",
        "a.csv, text/csv;charset=GB18030, true",
        "a.csv, application/vnd.ms-excel, false",
        "a.DOC, application/msword, true",
        "a.doc, text/plain, false",
        "a.xls, application/vnd.ms-excel, true",
        "a.xls, application/msword, false",
        "a.ppt, application/vnd.ms-powerpoint, true",
        "a.ppt, application/x-ole-storage, false",
        "a.msg, application/x-ole-storage, true",
        "a.rar, application/vnd.rar, true",
        "a.rar, application/zip, false",
        "a.7z, application/x-7z-compressed, true",
        "a.7z, application/vnd.rar, false",
        "a.tar.gz, application/gzip, true",
        "a.tgz, application/x-7z-compressed, false",
        "a.zip, application/vnd.rar, false",
        "a.pdf, application/gzip, false",
        "a.dat, application/pdf, true",
        ", application/pdf, true",
    })
    void aNameIsHeldToItsWord(@Nullable String name, String type, boolean fits) {
        assertThat(FileName.fits(name, type)).isEqualTo(fits);
    }

    /** A first page whose only packet is that. */
    private static byte[] ogg(String packet) {
        return ByteBuffer.allocate(200)
                .put("OggS".getBytes(StandardCharsets.US_ASCII))
                .position(26)
                .put((byte) 1)
                .put((byte) packet.length())
                .put(packet.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static @Nullable String type(byte[] file, @Nullable String name) {
        var head = Arrays.copyOf(file, Math.min(file.length, Magic.HEAD));
        return Magic.typeOf(head, null, name).orElse(null);
    }

    /** What is not stored comes with its length behind it, as Java writes it. */
    private static byte[] zip(boolean stored, String... names) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var name : names) {
                var entry = new ZipEntry(name);
                if (stored) {
                    var sum = new CRC32();
                    sum.update(SOMETHING);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(SOMETHING.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(SOMETHING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] ftyp(String major, String compatible) {
        var brands = compatible.replace(",", "");
        var file = ByteBuffer.allocate(200);
        file.putInt(16 + brands.length())
                .put("ftyp".getBytes(StandardCharsets.US_ASCII))
                .put(major.getBytes(StandardCharsets.US_ASCII))
                .putInt(512)
                .put(brands.getBytes(StandardCharsets.US_ASCII));
        return file.array();
    }

    private static byte[] bitmap(int info, int pixels, int planes, int size) {
        return ByteBuffer.allocate(200)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'B', 'M'})
                .putInt(size)
                .putInt(0)
                .putInt(pixels)
                .putInt(info)
                .putInt(10)
                .putInt(10)
                .putShort((short) planes)
                .array();
    }
}
