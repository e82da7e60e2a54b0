package io.guanjia.gateway.desk;

import io.guanjia.gateway.bot.KnowledgeStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Whether what the knowledge editors saved is what the bot answers from. */
@RestController
@Tag(name = "Knowledge")
final class KnowledgeEndpoint {

    private final KnowledgeStatus knowledge;

    KnowledgeEndpoint(KnowledgeStatus knowledge) {
        this.knowledge = knowledge;
    }

    @GetMapping("/api/v1/knowledge/status")
    @Operation(
            summary = "Show what the bot knows",
            description =
                    """
                    While there is a problem, the last good version of all files goes on serving. A \
                    node that starts then has none: it serves what is sound in the files. What is \
                    wrong is said in the language of the request.\
                    """)
    Mono<Status> status(@Parameter(hidden = true) Locale locale) {
        return Mono.fromSupplier(() -> Status.of(knowledge.report(), locale));
    }

    /**
     * @param problem the first of {@code problems}
     */
    @Schema(name = "KnowledgeStatus")
    record Status(
            boolean ready,
            int entries,
            int wordings,
            @Nullable Instant loadedAt,
            @Nullable Problem problem,
            List<Problem> problems) {

        static Status of(KnowledgeStatus.Report report, Locale locale) {
            var problems =
                    report.problems().stream().map(each -> Problem.of(each, locale)).toList();
            return new Status(
                    report.ready(),
                    report.entries(),
                    report.wordings(),
                    report.liveSince(),
                    problems.isEmpty() ? null : problems.getFirst(),
                    problems);
        }
    }

    /**
     * Where a file is wrong.
     *
     * @param kind what is wrong, the same in every language and release
     */
    @Schema(name = "KnowledgeProblem")
    record Problem(
            @Schema(
                            description = "Within the knowledge folder; `.` for the folder itself",
                            example = "billing.md")
                    String file,
            int line,
            @Schema(example = "answer-missing") String kind,
            @Schema(description = "In the language of the request") String message) {

        static Problem of(KnowledgeStatus.Problem problem, Locale locale) {
            return new Problem(
                    problem.file(), problem.line(), problem.flaw().code(), problem.words(locale));
        }
    }
}
