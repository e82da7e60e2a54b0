package io.guanjia.trials.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page with the ledgers of all trials of a run. */
final class FaultReport {

    private final List<String> lines = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    /**
     * @param settings of the nodes that are not the defaults
     */
    FaultReport(String command, List<String> machine, List<String> settings) {
        lines.add("# Faults");
        lines.add("");
        lines.add(
                "Written by `%s` on %s. Two nodes as processes of their own, real PostgreSQL, Redis and Kafka; customers write all the while."
                        .formatted(command, LocalDate.now(ZoneId.systemDefault())));
        lines.add("");
        lines.addAll(machine);
        lines.add(
                "- what the gateway's settings differ in from its defaults: "
                        + settings.stream()
                                .map("`%s`"::formatted)
                                .collect(Collectors.joining(", ")));
        lines.add("");
        lines.add(
                "| # | fault | offered | tries | acked | effects | answers | duplicates |"
                        + " ACKED_BUT_LOST | durable, unacked | reordered | double assignments |"
                        + " ambiguous | recovery p50 / max, s | worst ack, s | |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    void add(String number, String fault, Ledger books) {
        lines.add(
                "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %s / %s | %s | %s |"
                        .formatted(
                                number,
                                fault,
                                books.offered(),
                                books.httpTries(),
                                books.acked(),
                                books.effects(),
                                books.answers(),
                                books.duplicates(),
                                books.ackedButLost(),
                                books.durableButUnacked(),
                                books.reordered(),
                                books.doubleAssignments(),
                                books.ambiguous(),
                                books.recoveries().isEmpty() ? "–" : seconds(books.recoveryP50()),
                                books.recoveries().isEmpty() ? "–" : seconds(books.recoveryMax()),
                                seconds(books.worstAck()),
                                books.clean() ? "passed" : "**failed**"));
        books.problems().forEach(problem -> findings.add("- %s: %s".formatted(number, problem)));
    }

    private static String seconds(Duration time) {
        return "%.1f".formatted(time.toMillis() / 1e3);
    }

    /** Writes it, and prints it too. */
    void write(Path file) {
        var page = new ArrayList<>(lines);
        if (!findings.isEmpty()) {
            page.add("");
            page.addAll(findings);
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.forEach(System.out::println);
    }
}
