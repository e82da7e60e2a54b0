package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeFile.Placed;
import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The folder that knowledge editors write to. Every method reads the disk, so takes its time. */
final class KnowledgeFolder {

    private static final String RULES = "rules.txt";
    private static final String BUILT_IN_RULES = "/bot/rules.txt";

    /** How a file looks from outside, to tell whether it changed. */
    record Stamp(FileTime changed, long size) {}

    private final Path root;

    KnowledgeFolder(Path root) {
        this.root = root;
    }

    /** Equal to an earlier one as long as nothing in the folder has changed. */
    Map<Path, Stamp> stamps() throws IOException {
        var stamps = new HashMap<Path, Stamp>();
        for (var file : files()) {
            stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
        }
        return stamps;
    }

    /**
     * What there is.
     *
     * @param sound all entries that have nothing wrong; at least one
     * @param flaws what was left out, and why; null where that is nothing
     */
    record Found(Knowledge sound, @Nullable KnowledgeException flaws) {}

    /**
     * Reads everything.
     *
     * @throws KnowledgeException naming all that is wrong, if anything is
     */
    Knowledge read() {
        var found = look();
        if (found.flaws() != null) {
            throw found.flaws();
        }
        return found.sound();
    }

    /**
     * Reads what can be read.
     *
     * @throws KnowledgeException naming all that is wrong, if nothing is left
     */
    Found look() {
        var problems = new ArrayList<Problem>();
        try {
            var placed = new ArrayList<Placed>();
            var rules = builtInRules();
            for (var file : files()) {
                var name = root.relativize(file).toString();
                var text = text(file, name, problems);
                if (name.equals(RULES)) {
                    rules = text.map(words -> RulesFile.parse(name, words, problems)).orElse(rules);
                } else {
                    text.ifPresent(it -> placed.addAll(KnowledgeFile.parse(name, it, problems)));
                }
            }
            placed.removeAll(inTheWay(placed, rules, problems));
            if (placed.isEmpty() && problems.isEmpty()) {
                problems.add(Problem.ofAll(Flaw.NO_QUESTIONS));
            }
            if (!placed.isEmpty()) {
                return new Found(
                        new Knowledge(placed.stream().map(Placed::entry).toList(), rules),
                        problems.isEmpty() ? null : new KnowledgeException(root, problems));
            }
        } catch (IOException e) {
            problems.add(Problem.ofAll(Flaw.FOLDER_UNREADABLE, e));
        }
        throw new KnowledgeException(root, problems);
    }

    /** Sorted, so that problems are reported in the same order every time. */
    private List<Path> files() throws IOException {
        try (var found = Files.walk(root)) {
            return found.filter(file -> isOurs(root.relativize(file))).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Leaves out the manual, and what editors leave behind while they save. */
    private static boolean isOurs(Path file) {
        var name = file.getFileName().toString();
        return file.toString().equals(RULES)
                || (name.endsWith(".md") && !name.startsWith(".") && !name.equals("README.md"));
    }

    private static Optional<String> text(Path file, String name, List<Problem> problems)
            throws IOException {
        try {
            var text = Files.readString(file);
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.add(Problem.of(name, firstBadLine(file), Flaw.NOT_UTF8));
            return Optional.empty();
        }
    }

    private static int firstBadLine(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return 1
                + (int)
                        text.substring(0, text.indexOf('\uFFFD'))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
    }

    /** Those that take an id or a wording of one before them, in whatever files they are. */
    private static Set<Placed> inTheWay(List<Placed> placed, Rules rules, List<Problem> problems) {
        var inTheWay = new HashSet<Placed>();
        var ids = new HashMap<String, Placed>();
        var wordings = new HashMap<String, Placed>();
        for (var one : placed) {
            var sameId = ids.putIfAbsent(one.entry().id(), one);
            if (sameId != null) {
                problems.add(taken(one, Flaw.ID_TAKEN, one.entry().id(), sameId));
                inTheWay.add(one);
            }
            for (var wording : one.entry().wordings().collect(Collectors.toSet())) {
                var sentence = rules.withoutFillers(Utterance.of(wording));
                var same = wordings.putIfAbsent(sentence.compact(), one);
                if (same != null && !same.equals(one)) {
                    problems.add(taken(one, Flaw.WORDING_TAKEN, wording, same));
                    inTheWay.add(one);
                }
            }
        }
        return inTheWay;
    }

    private static Problem taken(Placed one, Flaw flaw, String what, Placed owner) {
        return Problem.of(one.file(), one.line(), flaw, what, owner.file(), owner.line());
    }

    private static Rules builtInRules() throws IOException {
        try (var rules = KnowledgeFolder.class.getResourceAsStream(BUILT_IN_RULES)) {
            if (rules == null) {
                throw new IOException(BUILT_IN_RULES + " is not on the class path");
            }
            var problems = new ArrayList<Problem>();
            var parsed =
                    RulesFile.parse(
                            BUILT_IN_RULES,
                            new String(rules.readAllBytes(), StandardCharsets.UTF_8),
                            problems);
            if (!problems.isEmpty()) {
                throw new IOException(problems.toString());
            }
            return parsed;
        }
    }
}
