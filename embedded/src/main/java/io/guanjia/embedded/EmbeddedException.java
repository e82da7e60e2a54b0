package io.guanjia.embedded;

import java.nio.file.Path;

/** Why the servers cannot run, typed by what the user has to do about it. */
public abstract sealed class EmbeddedException extends RuntimeException {

    private final String message;

    private EmbeddedException(String message) {
        super(message);
        this.message = message;
    }

    /** Says what to do, in English. */
    @Override
    public String getMessage() {
        return message;
    }

    /** Another live process works on this data folder. */
    public static final class FolderInUse extends EmbeddedException {

        private final transient Path folder;
        private final String owner;

        FolderInUse(Path folder, String owner) {
            super(
                    "%s is in use by process %s. Stop that one first, or choose another data folder."
                            .formatted(folder, owner));
            this.folder = folder;
            this.owner = owner;
        }

        public Path folder() {
            return folder;
        }

        /** The other's process id, or {@code unknown}. */
        public String owner() {
            return owner;
        }
    }

    /** The data folder cannot be written. */
    public static final class FolderUnusable extends EmbeddedException {

        private final transient Path folder;

        FolderUnusable(Path folder, String cause) {
            super(
                    "Cannot write to %s (%s). Allow this user to write there, or choose another data folder."
                            .formatted(folder, cause));
            this.folder = folder;
        }

        public Path folder() {
            return folder;
        }
    }

    /** Too little room on the disk. */
    public static final class DiskFull extends EmbeddedException {

        private final transient Path folder;

        DiskFull(Path folder) {
            super(
                    "The disk under %s is full: %d MB are needed. Make room there, or choose another data folder."
                            .formatted(folder, DataFolder.NEEDED_MEGABYTES));
            this.folder = folder;
        }

        public Path folder() {
            return folder;
        }
    }

    /** A server does not start on the data it finds. */
    public static final class DataDamaged extends EmbeddedException {

        private final String server;
        private final transient Path folder;
        private final transient Path log;

        DataDamaged(String server, Path folder, Path log, String lastWords) {
            super(
                    "%s does not start on its data (%s). Move %s away to start empty, or put a backup in its place. Log: %s"
                            .formatted(server, lastWords, folder, log));
            this.server = server;
            this.folder = folder;
            this.log = log;
        }

        public String server() {
            return server;
        }

        /** What to move away. */
        public Path folder() {
            return folder;
        }

        public Path log() {
            return log;
        }
    }

    /** Somebody else listens where a server has to. */
    public static final class PortTaken extends EmbeddedException {

        private final String server;
        private final int port;

        PortTaken(String server, int port) {
            super(
                    "Port %d, which %s needs, is taken by another program. End that one and try again."
                            .formatted(port, server));
            this.server = server;
            this.port = port;
        }

        public String server() {
            return server;
        }

        public int port() {
            return port;
        }
    }

    /** This kind of machine, user or container cannot run a server. */
    public static final class MachineUnsuitable extends EmbeddedException {

        MachineUnsuitable(String message) {
            super(message);
        }
    }

    /** Ended while it was being started: the servers were closed meanwhile. */
    public static final class Closed extends EmbeddedException {

        Closed(String server) {
            super(server + " was stopped while it was starting");
        }
    }
}
