package io.guanjia.weixin.protocol;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Conformance data that others published. It is not part of the project and may be missing. */
final class Fixtures {

    private Fixtures() {}

    /** A file or folder below the fixtures, if they are on this machine. */
    static Optional<Path> find(String path) {
        var root = System.getProperty("guanjia.fixtures", "");
        if (root.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Path.of(root).resolve(path)).filter(Files::exists);
    }
}
