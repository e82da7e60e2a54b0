package io.guanjia.embedded;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The programs of PostgreSQL and Redis, unpacked once from their jars and shared by every data
 * folder.
 */
final class Binaries {

    private final Path folder;

    Binaries(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The folder with PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    Path postgres() {
        return unpacked(
                "/postgres-%s-%s.txz".formatted(system(), arm() ? "arm_64" : "x86_64"),
                Binaries::untar);
    }

    /** The {@code redis-server} program. */
    Path redis() {
        var program =
                switch (system()) {
                    case "darwin" -> arm() ? "6.2.6-v5-darwin-arm64" : "6.2.6-v5-darwin-amd64";
                    default -> arm() ? "6.2.7-linux-arm64" : "6.2.6-v5-linux-amd64";
                };
        return unpacked(
                        "/redis-server-" + program,
                        (in, into) -> {
                            var file = into.resolve("redis-server");
                            Files.copy(in, file);
                            makeExecutable(file);
                        })
                .resolve("redis-server");
    }

    private interface Unpacking {
        void unpack(InputStream in, Path into) throws IOException;
    }

    /**
     * Unpacks into a folder named after the content and moves it into place whole, so that neither
     * a killed run nor two at once leave half a server.
     */
    private Path unpacked(String resource, Unpacking unpacking) {
        try {
            var place = folder.resolve(resource.substring(1) + "-" + checksum(resource));
            if (Files.isDirectory(place)) {
                return place;
            }
            Files.createDirectories(folder);
            var unfinished = Files.createTempDirectory(folder, "unpacking-");
            try {
                try (var in = new BufferedInputStream(open(resource), 1 << 16)) {
                    unpacking.unpack(in, unfinished);
                }
                Files.move(unfinished, place);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(place)) {
                    throw e;
                }
            } finally {
                delete(unfinished);
            }
            return place;
        } catch (IOException e) {
            throw DataFolder.unusable(folder, e);
        }
    }

    private static String checksum(String resource) throws IOException {
        var crc = new CRC32();
        try (var in = open(resource)) {
            var buffer = new byte[1 << 16];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return Long.toHexString(crc.getValue());
    }

    private static InputStream open(String resource) {
        var in = Binaries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new EmbeddedException.MachineUnsuitable(
                    "There is no %s for %s on %s: run the servers yourself and name them in the settings."
                            .formatted(
                                    resource.substring(1),
                                    System.getProperty("os.name"),
                                    System.getProperty("os.arch")));
        }
        return in;
    }

    private static void untar(InputStream in, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException(entry.getName() + " points out of its archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        makeExecutable(target);
                    }
                }
            }
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // Only waste is left behind, and a server's dying children may still be writing to it.
        }
    }

    private static String system() {
        var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.contains("mac") ? "darwin" : name.contains("linux") ? "linux" : name;
    }

    private static boolean arm() {
        return System.getProperty("os.arch", "").startsWith("aarch64");
    }
}
