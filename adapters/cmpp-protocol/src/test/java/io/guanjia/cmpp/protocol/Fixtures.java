package io.guanjia.cmpp.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Conformance data that others published. It is not part of the project and may be missing. */
final class Fixtures {

    private Fixtures() {}

    /** The samples of a file below the fixtures; none where it is not on this machine. */
    static List<JsonNode> samples(String path) throws IOException {
        var file = Path.of(System.getProperty("guanjia.fixtures", "none")).resolve(path);
        return Files.exists(file)
                ? JsonMapper.shared().readTree(Files.readString(file)).valueStream().toList()
                : List.of();
    }
}
