package io.guanjia.gateway.desk;

import io.guanjia.gateway.conversation.DeadLetters;
import io.guanjia.gateway.conversation.DeadLetters.DeadLetter;
import io.guanjia.gateway.conversation.DeskRefusal;
import io.guanjia.gateway.journal.JournalCodec;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What came in and could not be worked on, for administrators. */
@RestController
@Tag(name = "Dead letters")
final class DeadLettersEndpoint {

    private static final Logger log = LoggerFactory.getLogger(DeadLettersEndpoint.class);
    private static final int MOST = 100;

    private final DeadLetters letters;

    DeadLettersEndpoint(DeadLetters letters) {
        this.letters = letters;
    }

    @GetMapping("/api/v1/dead-letters")
    @Operation(
            summary = "List what could not be worked on",
            description = "The 100 filed first, without what they hold.")
    Mono<List<Letter>> list() {
        return letters.oldest(MOST).map(Letter::of).collectList();
    }

    @PostMapping("/api/v1/dead-letters/{id}/replay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Work on it again",
            description = "It is gone once it had its effect; otherwise it stays.")
    Mono<Void> replay(@Parameter(hidden = true) Viewer viewer, @PathVariable UUID id) {
        return letters.replay(id)
                .onErrorMap(JournalCodec.Undecodable.class, _ -> new DeskRefusal.StillUnreadable())
                .flatMap(
                        found ->
                                found
                                        ? Mono.fromRunnable(() -> note(viewer, id))
                                        : Mono.error(new DeskRefusal.NotFound()));
    }

    private static void note(Viewer viewer, UUID id) {
        log.info("{} replayed the dead letter {}", viewer.username(), id);
    }

    /** One record; where it was in the journal, and why it is here. */
    @Schema(name = "DeadLetter")
    record Letter(
            UUID id,
            Instant at,
            int partition,
            long offset,
            @Schema(description = "The kind of failure") String reason) {

        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id(), letter.at(), letter.partition(), letter.offset(), letter.reason());
        }
    }
}
