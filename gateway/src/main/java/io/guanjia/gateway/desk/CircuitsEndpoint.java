package io.guanjia.gateway.desk;

import io.guanjia.gateway.outbound.Circuits;
import io.guanjia.gateway.outbound.OpenCircuit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;

/** The ways out that are shut, for those who can do something about it. */
@RestController
@Tag(name = "Circuits")
final class CircuitsEndpoint {

    private static final Logger log = LoggerFactory.getLogger(CircuitsEndpoint.class);

    private final Circuits circuits;

    CircuitsEndpoint(Circuits circuits) {
        this.circuits = circuits;
    }

    @GetMapping("/api/v1/circuits")
    @Operation(
            summary = "List the ways out that are shut",
            description =
                    "By which nothing is sent, because a platform said so. Where `alarm` is true,"
                            + " somebody has to see to it.")
    Mono<List<Shut>> list() {
        return circuits.open().map(Shut::of).collectList();
    }

    @PostMapping("/api/v1/circuits/close")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Send by this way again",
            description = "When what was wrong is mended. Where it is not, the way is shut again.")
    Mono<Void> close(@Parameter(hidden = true) Viewer viewer, @Valid @RequestBody WayOut way) {
        return circuits.close(way.channel(), way.account(), way.api())
                .doOnSuccess(
                        _ ->
                                log.info(
                                        "{} lets messages through again by {} of {}/{}",
                                        viewer.username(),
                                        way.api(),
                                        way.channel(),
                                        way.account()));
    }

    /** A platform's API as one account uses it. */
    record WayOut(@NotBlank String channel, @NotBlank String account, @NotBlank String api) {}

    /** A way that is shut. */
    @Schema(name = "Circuit")
    record Shut(
            String channel,
            String account,
            @Schema(description = "* for all of the account's") String api,
            boolean alarm,
            @Schema(description = "The platform's words") String reason,
            Instant since,
            @Schema(description = "When it opens by itself; null: when it is seen to")
                    @Nullable Instant until) {

        static Shut of(OpenCircuit circuit) {
            return new Shut(
                    circuit.channel(),
                    circuit.account(),
                    circuit.api(),
                    circuit.alarm(),
                    circuit.reason(),
                    circuit.openedAt(),
                    circuit.until());
        }
    }
}
