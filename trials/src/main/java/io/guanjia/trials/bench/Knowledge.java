package io.guanjia.trials.bench;

import io.guanjia.trials.process.Places;

import java.nio.file.Path;

/** What the bot knows in a measurement: what it is shipped with. */
final class Knowledge {

    private Knowledge() {}

    static Path folder() {
        return Places.root().resolve("config").resolve("knowledge");
    }
}
