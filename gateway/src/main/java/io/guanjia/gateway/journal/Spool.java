package io.guanjia.gateway.journal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A queue of records on disk: first in, first out, bounded, and safe against a crash once {@link
 * #append} returns.
 *
 * <p>It is a folder of numbered segments. A segment is deleted once all of it has been taken, so
 * what was taken of the first one before a crash comes again; readers of the journal drop it. What
 * is found damaged is set aside, see {@link SpoolSegment#recover}, and never stops the rest.
 *
 * <p>Blocks, and belongs to one thread at a time and to one process.
 */
final class Spool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final long SEGMENT_BYTES = 16L << 20;

    /** Sorts before every segment: renamed to end in {@code .spool}, it is the first to be read. */
    private static final String ASIDE = "%016d.refused".formatted(0);

    private final Path folder;
    private final long limit;
    private final FileChannel lock;
    private final Deque<SpoolSegment> segments = new ArrayDeque<>();
    private final Deque<Integer> peeked = new ArrayDeque<>();
    private @Nullable FileChannel writing;
    private long bytes;
    private int damaged;
    private int refused;

    private Spool(Path folder, long limit, FileChannel lock) {
        this.folder = folder;
        this.limit = limit;
        this.lock = lock;
    }

    /** Opens the spool with what a previous run left in it. Fails with {@link SpoolInUse}. */
    static Spool open(Path folder, long limit) throws IOException {
        Files.createDirectories(folder);
        var spool = new Spool(folder, limit, lock(folder));
        try (var files = Files.list(folder)) {
            var found = files.filter(f -> f.toString().endsWith(".spool")).sorted().toList();
            for (var file : found) {
                spool.recover(file, file.equals(found.getLast()));
            }
            spool.mendAside();
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // A node in this same process has it.
        }
        channel.close();
        throw new SpoolInUse(folder);
    }

    private void recover(Path file, boolean newest) throws IOException {
        var recovered = SpoolSegment.recover(file, newest);
        damaged += recovered.damaged() ? 1 : 0;
        if (recovered.segment().size == 0) {
            Files.delete(file);
        } else {
            segments.addLast(recovered.segment());
            bytes += recovered.segment().size;
        }
    }

    /** What waits here, in bytes on disk. */
    long bytes() {
        return bytes;
    }

    /** How many files were found damaged since the start. */
    int damaged() {
        return damaged;
    }

    /** How many records were set aside since the start. */
    int refused() {
        return refused;
    }

    /** What a crash cut short while it was set aside would make what follows unreadable. */
    private void mendAside() throws IOException {
        var file = folder.resolve(ASIDE);
        if (Files.exists(file)) {
            var size = SpoolSegment.recover(file, true).segment().size;
            log.warn(
                    "{} bytes of records that the journal did not take are still in {}",
                    size,
                    file.getFileName());
        }
    }

    /**
     * Keeps a record apart that nobody takes; not more of them than the spool itself may hold. It
     * is read again when, before a start, the file {@code .refused} is renamed to end in {@code
     * .spool}. On return it is on the disk.
     */
    void setAside(byte[] record) throws IOException {
        var file = folder.resolve(ASIDE);
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.WRITE)) {
            var before = channel.size();
            var buffer = SpoolSegment.written(List.of(record));
            if (before + buffer.remaining() > limit) {
                throw new IOException("No room to set records aside");
            }
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
        keepNames();
        refused++;
        log.error(
                "A record of {} bytes is larger than the journal takes and was set aside in {}."
                        + " Raise the topic's max.message.bytes and the producer's"
                        + " max.request.size, and rename the file to end in .spool before the next"
                        + " start",
                record.length,
                file.getFileName());
    }

    /**
     * Keeps the records. On return they are on the disk, not in a cache.
     *
     * @return false, having kept none of them, when they would not fit
     */
    boolean append(List<byte[]> records) throws IOException {
        var buffer = SpoolSegment.written(records);
        var size = buffer.remaining();
        if (bytes + size > limit) {
            return false;
        }
        var channel = writable();
        var segment = segments.getLast();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        } catch (IOException e) {
            giveUp(channel, segment);
            throw e;
        }
        segment.size += size;
        bytes += size;
        return true;
    }

    /** A full disk may have taken half of it: nothing of it may stay, nor come after it. */
    private void giveUp(FileChannel channel, SpoolSegment segment) {
        try (channel) {
            channel.truncate(segment.size);
        } catch (IOException e) {
            log.warn("What a failed write left in {} stays there", segment.file.getFileName());
        }
        writing = null;
        if (segment.size == 0) {
            segments.removeLast();
        }
    }

    private FileChannel writable() throws IOException {
        var last = segments.peekLast();
        if (last != null && writing != null && last.size < SEGMENT_BYTES) {
            return writing;
        }
        closeWriting();
        var number =
                last == null ? 0 : Long.parseLong(last.file.getFileName().toString(), 0, 16, 10);
        var file = folder.resolve("%016d.spool".formatted(number + 1));
        // Whatever lies there is what a failed write left.
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            keepNames();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        segments.addLast(new SpoolSegment(file, 0));
        writing = channel;
        return channel;
    }

    /** A file's bytes are worth nothing after a power cut if the folder does not know its name. */
    private void keepNames() throws IOException {
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** The oldest records, at most {@code max}, which stay here until {@link #drop}. */
    List<byte[]> peek(int max) throws IOException {
        peeked.clear();
        for (var first = segments.peekFirst(); first != null; first = segments.peekFirst()) {
            try {
                var records = first.read(max);
                records.forEach(record -> peeked.add(SpoolSegment.HEADER + record.length));
                return records;
            } catch (SpoolSegment.Damaged | NoSuchFileException e) {
                repairFirst();
            }
        }
        return List.of();
    }

    private void repairFirst() throws IOException {
        if (segments.size() == 1) {
            closeWriting();
        }
        var first = segments.getFirst();
        if (!Files.exists(first.file)) {
            log.error("A file of the spool is gone: {}", first.file.getFileName());
            segments.removeFirst();
            bytes -= first.size - first.taken;
            damaged++;
            return;
        }
        var recovered = SpoolSegment.recover(first.file, false);
        segments.removeFirst();
        bytes -= first.size - first.taken;
        damaged++;
        if (recovered.segment().size == 0) {
            Files.delete(first.file);
        } else {
            segments.addFirst(recovered.segment());
            bytes += recovered.segment().size;
        }
    }

    /** Forgets the oldest records, which were peeked. */
    void drop(int records) throws IOException {
        var first = segments.getFirst();
        for (var i = 0; i < records; i++) {
            var size = peeked.removeFirst();
            first.taken += size;
            bytes -= size;
        }
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
        lock.close();
    }

    private void closeWriting() throws IOException {
        var channel = writing;
        writing = null;
        if (channel != null) {
            channel.close();
        }
    }
}
