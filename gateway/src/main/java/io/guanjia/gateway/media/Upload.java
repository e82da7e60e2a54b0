package io.guanjia.gateway.media;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A file that is being written. Blocks, and belongs to one thread at a time. */
final class Upload implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    /** Bytes that hurt nobody, however well they were packed. */
    private static final long HARMLESS = 100L << 20;

    /** Texts and tables are packed to a fiftieth at the least. */
    private static final long MOST_PACKED = 100;

    private final Path file;
    private final long limit;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final ByteBuffer head = ByteBuffer.allocate(Magic.HEAD);
    private long size;
    private byte @Nullable [] sha256;

    /** Refuses to overwrite. */
    Upload(Path file, long limit) {
        this.file = file;
        this.limit = limit;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes and releases {@code buffer}. Fails with {@link MediaRejected} past the limit. */
    Upload append(DataBuffer buffer) {
        try (var parts = buffer.readableByteBuffers()) {
            size += buffer.readableByteCount();
            if (size > limit) {
                throw new MediaRejected(MediaRejected.Kind.TOO_LARGE);
            }
            while (parts.hasNext()) {
                append(parts.next());
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private void append(ByteBuffer part) throws IOException {
        digest.update(part.duplicate());
        var beginning = part.duplicate();
        beginning.limit(beginning.position() + Math.min(beginning.remaining(), head.remaining()));
        head.put(beginning);
        while (part.hasRemaining()) {
            channel.write(part);
        }
    }

    Optional<String> type(@Nullable String declared, @Nullable String name) {
        var bytes = new byte[head.position()];
        head.duplicate().flip().get(bytes);
        return Magic.typeOf(bytes, declared, name);
    }

    long size() {
        return size;
    }

    /** Whether it is a zip file that would unpack to far more than it is (解压炸弹). */
    boolean isBomb(String type) {
        if (!type.equals(Zip.PLAIN) && !type.startsWith(Zip.OFFICE)) {
            return false;
        }
        try {
            var unpacked = ZipDirectory.unpacked(file);
            return unpacked > HARMLESS && unpacked / size > MOST_PACKED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** May be asked once more; nothing is appended after it. */
    byte[] sha256OfAll() {
        if (sha256 == null) {
            sha256 = digest.digest();
        }
        return sha256.clone();
    }

    /** All of it, from the beginning, for whoever keeps it elsewhere. */
    Flux<ByteBuf> whole() {
        return DataBufferUtils.readAsynchronousFileChannel(
                        () -> AsynchronousFileChannel.open(file, StandardOpenOption.READ),
                        DefaultDataBufferFactory.sharedInstance,
                        CHUNK)
                .map(NettyDataBufferFactory::toByteBuf);
    }

    /** Puts the whole file in its place at once, after it is safe on disk. */
    void keepAs(Path place) {
        try {
            channel.force(true);
            Files.createDirectories(place.toAbsolutePath().getParent());
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes whatever was not kept. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
