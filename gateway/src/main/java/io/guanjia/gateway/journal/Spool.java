package io.guanjia.gateway.journal;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A queue of records on disk: first in, first out, bounded, and safe against a crash once {@link
 * #append} returns.
 *
 * <p>It is a folder of numbered segments. A segment is deleted once all of it has been taken, so
 * what was taken of the first one before a crash comes again; readers of the journal drop it. A
 * record half written by a crash was never acknowledged and is cut off at the next start.
 *
 * <p>Blocks, and belongs to one thread at a time.
 */
final class Spool implements AutoCloseable {

    private static final int HEADER = 8; // length, CRC-32 of the record
    private static final long SEGMENT_BYTES = 16L << 20;

    private final Path folder;
    private final long limit;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable FileChannel writing;
    private long bytes;

    private Spool(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Opens the spool with what a previous run left in it. */
    static Spool open(Path folder, long limit) throws IOException {
        Files.createDirectories(folder);
        var spool = new Spool(folder, limit);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".spool")).sorted().toList()) {
                var sound = soundBytes(file);
                if (sound == 0) {
                    Files.delete(file);
                    continue;
                }
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(sound);
                }
                spool.segments.add(new Segment(file, sound));
                spool.bytes += sound;
            }
        }
        return spool;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** What waits here, in bytes on disk. */
    long bytes() {
        return bytes;
    }

    /**
     * Keeps the records. On return they are on the disk, not in a cache.
     *
     * @return false, having kept none of them, when they would not fit
     */
    boolean append(List<byte[]> records) throws IOException {
        var size = records.stream().mapToLong(record -> HEADER + record.length).sum();
        if (bytes + size > limit) {
            return false;
        }
        var buffer = ByteBuffer.allocate(Math.toIntExact(size));
        for (var record : records) {
            buffer.putInt(record.length).putInt(checksum(record)).put(record);
        }
        var segment = writable();
        var channel = writing == null ? writing = openForAppend(segment) : writing;
        try {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        } catch (IOException e) {
            // A full disk may have taken half of it: nothing of it may stay.
            channel.truncate(segment.size);
            throw e;
        }
        segment.size += size;
        bytes += size;
        return true;
    }

    private Segment writable() throws IOException {
        var last = segments.peekLast();
        if (last != null && writing != null && last.size < SEGMENT_BYTES) {
            return last;
        }
        closeWriting();
        var number =
                last == null ? 0 : Long.parseLong(last.file.getFileName().toString(), 0, 16, 10);
        var segment = new Segment(folder.resolve("%016d.spool".formatted(number + 1)), 0);
        segments.add(segment);
        return segment;
    }

    private static FileChannel openForAppend(Segment segment) throws IOException {
        return FileChannel.open(
                segment.file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /** The oldest records, at most {@code max}, which stay here until {@link #drop}. */
    List<byte[]> peek(int max) throws IOException {
        var first = segments.peekFirst();
        if (first == null) {
            return List.of();
        }
        var records = new ArrayList<byte[]>();
        try (var channel = FileChannel.open(first.file, StandardOpenOption.READ)) {
            channel.position(first.taken);
            while (records.size() < max && channel.position() < first.size) {
                var record = read(channel);
                if (record == null) {
                    throw new IOException("spool segment is damaged: " + first.file);
                }
                records.add(record);
            }
        }
        return records;
    }

    /** Forgets the oldest records, which were just peeked. */
    void drop(List<byte[]> records) throws IOException {
        var first = segments.getFirst();
        var size = records.stream().mapToLong(record -> HEADER + record.length).sum();
        first.taken += size;
        bytes -= size;
        if (first.taken == first.size) {
            if (segments.size() == 1) {
                closeWriting();
            }
            segments.removeFirst();
            Files.delete(first.file);
        }
    }

    @Override
    public void close() throws IOException {
        closeWriting();
    }

    private void closeWriting() throws IOException {
        if (writing != null) {
            writing.close();
            writing = null;
        }
    }

    /** How much of the file, from its start, is whole records. */
    private static long soundBytes(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var sound = 0L;
            while (read(channel) != null) {
                sound = channel.position();
            }
            return sound;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte @Nullable [] read(FileChannel channel) throws IOException {
        try {
            var header = fill(channel, ByteBuffer.allocate(HEADER));
            var length = header.getInt();
            var checksum = header.getInt();
            if (length < 0 || length > channel.size() - channel.position()) {
                return null;
            }
            var record = fill(channel, ByteBuffer.allocate(length)).array();
            return checksum(record) == checksum ? record : null;
        } catch (EOFException e) {
            return null;
        }
    }

    private static ByteBuffer fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    private static int checksum(byte[] record) {
        var crc = new CRC32();
        crc.update(record);
        return (int) crc.getValue();
    }

    private static final class Segment {
        final Path file;
        long size;
        long taken;

        Segment(Path file, long size) {
            this.file = file;
            this.size = size;
        }
    }
}
