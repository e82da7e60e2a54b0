package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class CompoundTest {

    private static final int SECTOR = 512;
    private static final int ENTRY = 128;

    /** Where the directory is in a small file, and where it is in a large one. */
    private static final int NEAR = 2;

    private static final int BEYOND_THE_HEAD = 40;

    @ParameterizedTest
    @CsvSource({
        "WordDocument, application/msword",
        "Data;1Table;0Table;SummaryInformation;WordDocument, application/msword",
        "Workbook;SummaryInformation, application/vnd.ms-excel",
        "Book, application/vnd.ms-excel",
        "Current User;PowerPoint Document, application/vnd.ms-powerpoint",
        "__properties_version1.0, application/x-ole-storage",
    })
    void aDocumentIsKnownByItsStreams(String streams, String expected) {
        var file = file(NEAR, streams.split(";"));

        assertThat(type(file, null)).isEqualTo(expected);
        assertThat(type(file, "a.bin")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Workbook, 合同.doc",
        "WordDocument, 流水.xls",
        "WordDocument, 照片.jpg",
        "WordDocument, 合同.pdf",
        "WordDocument, 合同.docx",
        "__properties_version1.0, 合同.doc",
    })
    void oneThatIsCalledSomethingElseIsRefused(String stream, String name) {
        var type = type(file(NEAR, stream), name);

        assertThat(type).isNotNull();
        assertThat(FileName.fits(name, String.valueOf(type))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "EC A5 C1 00, a.bin, application/msword",
        "09 08 10 00 00 06 05 00, , application/vnd.ms-excel",
        "0F 00 E8 03, a.ppt, application/vnd.ms-powerpoint",
        "EC A5 C1 00, a.xls, application/msword",
        "00 00, a.doc, application/msword",
        "00 00, a.XLS, application/vnd.ms-excel",
        "00 00, a.ppt, application/vnd.ms-powerpoint",
        "00 00, a.wps, application/x-ole-storage",
        "00 00, , application/x-ole-storage",
    })
    void oneWhoseDirectoryIsNotSeenIsKnownByHowItBeginsOrByItsName(
            String beginning, @Nullable String name, String expected) {
        var file = file(BEYOND_THE_HEAD, "Something");
        ByteBuffer.wrap(file).put(SECTOR, HexFormat.ofDelimiter(" ").parseHex(beginning));

        assertThat(type(file, name)).isEqualTo(expected);
    }

    @Test
    void whatIsInsideOfAnotherDocumentSaysNothingAboutIt() {
        var file = file(NEAR, "ObjectPool", "Workbook");
        var pool = offset(NEAR) + ENTRY;
        bytes(file).put(pool + 66, (byte) 1).putInt(pool + 72, -1).putInt(pool + 76, 2);

        assertThat(type(file, "a.xls")).isEqualTo("application/x-ole-storage");
        assertThat(FileName.fits("a.xls", "application/x-ole-storage")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0xC1084", "0xC1086", "0xC1082"})
    void anInstallerIsRefused(String program) {
        var file = file(NEAR, "Tables");
        bytes(file).putLong(offset(NEAR) + 80, Long.decode(program));

        assertThat(type(file, "a.doc")).isNull();
        assertThat(type(file, null)).isNull();
        assertThat(FileName.fits("a.msi", "application/x-ole-storage")).isFalse();
    }

    @Test
    void oneWhoseHeaderMakesNoSenseIsNothing() {
        var file = file(NEAR, "WordDocument");
        assertThat(type(Arrays.copyOf(file, 511), "a.doc")).isNull();

        var order = file.clone();
        bytes(order).putShort(28, (short) 0xFEFF);
        assertThat(type(order, "a.doc")).isNull();

        var size = file.clone();
        bytes(size).putShort(30, (short) 31);
        assertThat(type(size, "a.doc")).isNull();
    }

    @Test
    void sectorsMayBeLarge() {
        var large = ByteBuffer.allocate(4 * 4096).order(ByteOrder.LITTLE_ENDIAN);
        header(large, 12, 0, 1);
        large.putInt(4096 + 4, -2);
        entry(large, 2 * 4096, "Root Entry", 5, -1, 1);
        entry(large, 2 * 4096 + ENTRY, "Workbook", 2, -1, -1);

        assertThat(type(large.array(), "a.bin")).isEqualTo("application/vnd.ms-excel");
    }

    @Test
    void whatLeadsBackToItselfEnds() {
        var file = file(NEAR, "a", "b", "c", "d", "e", "WordDocument");
        bytes(file).putInt(offset(1) + 4 * NEAR, NEAR);
        assertThat(type(file, "a.doc")).isEqualTo("application/x-ole-storage");

        var tree = file(NEAR, "a", "b");
        bytes(tree).putInt(offset(NEAR) + 2 * ENTRY + 72, 1);
        assertThat(type(tree, "a.doc")).isEqualTo("application/x-ole-storage");
    }

    @Test
    void whateverIsWrittenInItHurtsNobody() {
        var whole = file(NEAR, "a", "b", "c", "d", "e", "WordDocument");
        for (var length = 0; length <= whole.length; length += 7) {
            assertThat(type(Arrays.copyOf(whole, length), "a.doc")).isIn(null, Compound.WORDS);
        }
        var random = new Random(1);
        for (var round = 0; round < 2000; round++) {
            var file = whole.clone();
            for (var places = 0; places < 8; places++) {
                var at = 32 + random.nextInt(file.length - 36);
                bytes(file).putInt(at, random.nextBoolean() ? random.nextInt() : random.nextInt(9));
            }
            assertThat(type(file, "a.doc")).isIn(null, Compound.WORDS, Compound.OTHER);
        }
    }

    /**
     * A file with the table of its sectors in sector 1.
     *
     * @param directory the sector in which the directory begins
     * @param streams all at the top
     */
    static byte[] file(int directory, String... streams) {
        var sectors = streams.length / 4 + 1;
        var file =
                ByteBuffer.allocate(offset(directory + sectors + 1)).order(ByteOrder.LITTLE_ENDIAN);
        header(file, 9, 1, directory);
        for (var sector = directory; sector < directory + sectors; sector++) {
            var last = sector == directory + sectors - 1;
            file.putInt(offset(1) + 4 * sector, last ? -2 : sector + 1);
        }
        entry(file, offset(directory), "Root Entry", 5, -1, 1);
        for (var id = 1; id <= streams.length; id++) {
            var next = id == streams.length ? -1 : id + 1;
            entry(file, offset(directory) + id * ENTRY, streams[id - 1], 2, next, -1);
        }
        return file.array();
    }

    private static void header(ByteBuffer file, int shift, int table, int directory) {
        file.put(0, HexFormat.of().parseHex("d0cf11e0a1b11ae1"))
                .putShort(24, (short) 0x3E)
                .putShort(26, (short) (shift == 9 ? 3 : 4))
                .putShort(28, (short) 0xFFFE)
                .putShort(30, (short) shift)
                .putShort(32, (short) 6)
                .putInt(44, 1)
                .putInt(48, directory)
                .putInt(56, 4096)
                .putInt(60, -2)
                .putInt(68, -2)
                .putInt(76, table);
    }

    private static void entry(
            ByteBuffer file, int at, String name, int kind, int right, int child) {
        file.put(at, name.getBytes(StandardCharsets.UTF_16LE))
                .putShort(at + 64, (short) (2 * name.length() + 2))
                .put(at + 66, (byte) kind)
                .putInt(at + 68, -1)
                .putInt(at + 72, right)
                .putInt(at + 76, child);
    }

    private static int offset(int sector) {
        return (sector + 1) * SECTOR;
    }

    private static ByteBuffer bytes(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static @Nullable String type(byte[] file, @Nullable String name) {
        var head = Arrays.copyOf(file, Math.min(file.length, Magic.HEAD));
        return Magic.typeOf(head, "application/octet-stream", name).orElse(null);
    }
}
