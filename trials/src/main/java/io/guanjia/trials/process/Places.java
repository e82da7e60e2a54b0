package io.guanjia.trials.process;

import java.nio.file.Path;

/** Where things are in the checkout. */
public final class Places {

    private Places() {}

    /** The root of the checkout: {@code guanjia.root}, which the build sets. */
    public static Path root() {
        return Path.of(System.getProperty("guanjia.root", ".")).toAbsolutePath().normalize();
    }

    /** This module. */
    public static Path module() {
        return root().resolve("trials");
    }

    /** Logs and data of runs; goes with {@code mvn clean}. */
    public static Path scratch() {
        return module().resolve("target").resolve("trials");
    }

    /** What runs found out; committed. */
    public static Path results() {
        return module().resolve("results");
    }
}
