package io.guanjia.gateway.journal;

import java.nio.file.Path;

/** Another node has the folder that this one is to spool to. */
final class SpoolInUse extends RuntimeException {

    private final Path folder;

    SpoolInUse(Path folder) {
        super("the spool's folder is in use: " + folder.toAbsolutePath());
        this.folder = folder.toAbsolutePath();
    }

    Path folder() {
        return folder;
    }
}
