package io.guanjia.embedded;

import java.time.Duration;

/** Hears how a start is getting on. Called from several threads, never concurrently. */
public interface Progress {

    /** Says nothing. */
    Progress SILENT = new Progress() {};

    /** A process which an earlier run left behind was ended. */
    default void leftoverEnded(String server, long pid) {}

    /** The server takes requests. */
    default void ready(Server server, Duration took) {}
}
