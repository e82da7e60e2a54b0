package io.guanjia.gateway.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** One file of the spool: records, each behind its length and its checksum. */
final class SpoolSegment {

    private static final Logger log = LoggerFactory.getLogger(SpoolSegment.class);

    /** Before each record: its length, at least 1, and its CRC-32. */
    static final int HEADER = 2 * Integer.BYTES;

    final Path file;

    /** Up to where it holds whole records, in bytes. */
    long size;

    /** Up to where they were taken, in bytes. */
    long taken;

    SpoolSegment(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    /** A record of it is not what was written. */
    static final class Damaged extends IOException {
        Damaged(Path file) {
            super("spool segment is damaged: " + file);
        }
    }

    /** How the records are written to a file. */
    static ByteBuffer written(List<byte[]> records) {
        var size = records.stream().mapToLong(record -> HEADER + record.length).sum();
        var buffer = ByteBuffer.allocate(Math.toIntExact(size));
        for (var record : records) {
            buffer.putInt(record.length).putInt(checksum(record)).put(record);
        }
        return buffer.flip();
    }

    /** The first records that were not taken yet. */
    List<byte[]> read(int max) throws IOException {
        var records = new ArrayList<byte[]>();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(taken);
            while (records.size() < max && channel.position() < size) {
                var header = fill(channel, HEADER);
                var length = header.getInt();
                var checksum = header.getInt();
                if (length < 1 || length > size - channel.position()) {
                    throw new Damaged(file);
                }
                var record = fill(channel, length).array();
                if (checksum(record) != checksum) {
                    throw new Damaged(file);
                }
                records.add(record);
            }
        }
        return records;
    }

    private ByteBuffer fill(FileChannel channel, int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new Damaged(file);
            }
        }
        return buffer.flip();
    }

    /** What is left of a file after a crash or worse. */
    record Recovered(SpoolSegment segment, boolean damaged) {}

    /**
     * Opens a file that an earlier run left. What a crash cut short at the end of the newest file
     * was never acknowledged and is cut off; as a bad disk can look the same, what is cut off is
     * kept as {@code .cut}. Where anything else is wrong, a copy of the file is set aside as {@code
     * .damaged} and the file is written anew with what is sound in it.
     */
    static Recovered recover(Path file, boolean newest) throws IOException {
        var content = ByteBuffer.wrap(Files.readAllBytes(file));
        var sound = new ArrayList<byte[]>();
        var whole = 0;
        var gap = false;
        var soundBehindGap = false;
        while (content.remaining() >= HEADER) {
            var length = content.getInt();
            var checksum = content.getInt();
            if (length < 1 || length > content.remaining()) {
                break;
            }
            var record = new byte[length];
            content.get(record);
            if (checksum(record) == checksum) {
                sound.add(record);
                soundBehindGap |= gap;
                whole = gap ? whole : content.position();
            } else {
                gap = true;
            }
        }
        if (whole < content.limit() && (!newest || soundBehindGap)) {
            return new Recovered(rewrite(file, sound), true);
        }
        if (whole < content.limit()) {
            log.warn("Cut {} bytes off {}: a crash", content.limit() - whole, file.getFileName());
            keepTail(file, content.position(whole));
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole);
            }
        }
        return new Recovered(new SpoolSegment(file, whole), false);
    }

    /** Zeros are what a crash leaves where a file had grown and nothing was written yet. */
    private static void keepTail(Path file, ByteBuffer tail) {
        var bytes = new byte[tail.remaining()];
        tail.get(bytes);
        for (var one : bytes) {
            if (one != 0) {
                write(unused(file, ".cut"), bytes);
                return;
            }
        }
    }

    /** Where the disk is full the start matters more: cutting off makes room. */
    private static void write(Path cut, byte[] bytes) {
        try {
            Files.write(cut, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
        } catch (IOException e) {
            log.warn("{} could not be kept: {}", cut.getFileName(), e.getClass().getName());
        }
    }

    private static Path unused(Path file, String ending) {
        var aside = file.resolveSibling(file.getFileName() + ending);
        for (var n = 2; Files.exists(aside); n++) {
            aside = file.resolveSibling(file.getFileName() + "." + n + ending);
        }
        return aside;
    }

    private static SpoolSegment rewrite(Path file, List<byte[]> sound) throws IOException {
        var aside = unused(file, ".damaged");
        Files.copy(file, aside);
        log.error(
                "The spool is damaged; kept a copy as {} and go on with {} sound records",
                aside.getFileName(),
                sound.size());
        var content = written(sound);
        var size = content.remaining();
        var anew = file.resolveSibling(file.getFileName() + ".new");
        try (var channel =
                FileChannel.open(
                        anew,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new SpoolSegment(file, size);
    }

    private static int checksum(byte[] record) {
        var crc = new CRC32();
        crc.update(record);
        return (int) crc.getValue();
    }
}
