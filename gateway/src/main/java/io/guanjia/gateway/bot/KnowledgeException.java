package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The knowledge can't serve as it is written. An editor has to mend it. */
final class KnowledgeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    private final List<Problem> problems;

    KnowledgeException(Path folder, List<Problem> problems) {
        super(
                problems.stream()
                        .map(Problem::toString)
                        .collect(
                                Collectors.joining(
                                        "\n  ",
                                        "The knowledge in %s (setting guanjia.bot.knowledge) can't serve:\n  "
                                                .formatted(folder.toAbsolutePath().normalize()),
                                        "")));
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
