package io.guanjia.embedded;

import java.nio.file.Path;

/**
 * How to run the servers.
 *
 * @param dataFolder keeps everything between runs; one JVM at a time works on it
 * @param binaries where the servers' programs are unpacked to, once; may be shared
 * @param temporary whether the data folder is waste once this JVM has ended
 * @param fullSpeed whether Kafka is to be as fast as it can, at the price of a slower start
 */
public record EmbeddedSettings(
        Path dataFolder,
        Path binaries,
        Durability durability,
        boolean temporary,
        boolean fullSpeed) {

    public EmbeddedSettings {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    /** Data and programs in one folder, kept, with the durability of production. */
    public static EmbeddedSettings in(Path dataFolder) {
        return new EmbeddedSettings(
                dataFolder,
                dataFolder.resolve("servers"),
                Durability.AS_IN_PRODUCTION,
                false,
                false);
    }

    /** With the programs elsewhere, so that several data folders can share them. */
    public EmbeddedSettings withBinaries(Path folder) {
        return new EmbeddedSettings(dataFolder, folder, durability, temporary, fullSpeed);
    }

    public EmbeddedSettings withDurability(Durability wanted) {
        return new EmbeddedSettings(dataFolder, binaries, wanted, temporary, fullSpeed);
    }

    /** For measurements. */
    public EmbeddedSettings atFullSpeed() {
        return new EmbeddedSettings(dataFolder, binaries, durability, temporary, true);
    }

    EmbeddedSettings thrownAwayAfterwards() {
        return new EmbeddedSettings(dataFolder, binaries, durability, true, fullSpeed);
    }
}
