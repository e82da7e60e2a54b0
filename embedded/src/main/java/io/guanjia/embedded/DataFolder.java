package io.guanjia.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where the servers keep everything between runs, locked for as long as this JVM works on it.
 *
 * <p>{@code lock} names the process at work, {@code processes/} what it started, {@code ports}
 * where that listens, {@code password} is for PostgreSQL and Redis; each server has a folder for
 * its data and a file under {@code logs/}.
 */
final class DataFolder implements AutoCloseable {

    /** What PostgreSQL's and Kafka's first files take, with room to work. */
    static final int NEEDED_MEGABYTES = 300;

    private final Path root;
    private final FileChannel lock;
    private final String password;

    private DataFolder(Path root, FileChannel lock, String password) {
        this.root = root;
        this.lock = lock;
        this.password = password;
    }

    /** Fails with an {@link EmbeddedException} when the folder is in use, full or not writable. */
    static DataFolder open(Path folder) {
        var root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            var lock = lock(root);
            try {
                if (Files.getFileStore(root).getUsableSpace() >> 20 < NEEDED_MEGABYTES) {
                    throw new EmbeddedException.DiskFull(root);
                }
                Files.createDirectories(root.resolve("processes"));
                Files.createDirectories(root.resolve("logs"));
                return new DataFolder(root, lock, password(root));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        var file = root.resolve("lock");
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                var owner = Long.toString(ProcessHandle.current().pid());
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)));
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This JVM itself has it: the same answer as for another.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        var owner = Files.readString(file).strip();
        throw new EmbeddedException.FolderInUse(root, owner.isEmpty() ? "unknown" : owner);
    }

    private static String password(Path root) throws IOException {
        var file = root.resolve("password");
        if (Files.exists(file)) {
            var known = Files.readString(file).strip();
            if (!known.isEmpty()) {
                return known;
            }
        }
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        var password = HexFormat.of().formatHex(bytes);
        writePrivately(file, password);
        return password;
    }

    /** Replaces the file by one that only this user may read. */
    static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    static EmbeddedException unusable(Path root, IOException e) {
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            return new EmbeddedException.DiskFull(root);
        }
        var cause =
                switch (e) {
                    case AccessDeniedException _ -> "permission denied";
                    case FileSystemException failure when failure.getReason() != null ->
                            failure.getReason();
                    default -> e.toString();
                };
        return new EmbeddedException.FolderUnusable(root, String.valueOf(cause));
    }

    Path root() {
        return root;
    }

    /** Of the data of one server. */
    Path data(String server) {
        return root.resolve(server);
    }

    Path log(String server) {
        return root.resolve("logs").resolve(server + ".log");
    }

    Path processes() {
        return root.resolve("processes");
    }

    /** Known to whoever may read this folder, and nobody else on the machine. */
    String password() {
        return password;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
