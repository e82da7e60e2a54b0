package io.guanjia.trials.bench;

import io.guanjia.trials.bench.load.LoadResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every single measurement, for whoever does not believe in medians. */
final class Raw {

    private final List<String> lines = new ArrayList<>();

    Raw() {
        lines.add(
                "measurement,contender,rate,acknowledged,wrong,seconds,per_second,"
                        + "min_us,p50_us,p90_us,p99_us,p999_us,max_us,wrapped");
    }

    void add(String what, Contender contender, double rate, LoadResult result) {
        var line =
                String.format(
                        Locale.ROOT,
                        "%s,%s,%.0f,%d,%d,%.3f,%.0f,%d,%d,%d,%d,%d,%d,%d",
                        what,
                        contender.name().replace(",", ""),
                        rate,
                        result.acknowledged(),
                        result.wrong(),
                        result.seconds(),
                        result.perSecond(),
                        result.minimum(),
                        result.p50(),
                        result.p90(),
                        result.p99(),
                        result.p999(),
                        result.maximum(),
                        result.wrapped());
        lines.add(line);
        System.out.println(line);
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
