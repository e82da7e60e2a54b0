package io.guanjia.gateway.desk;

import io.guanjia.gateway.conversation.DeskRefusal;
import io.guanjia.gateway.desk.InvalidRequest.Reason;
import io.guanjia.gateway.media.FileForm;
import io.guanjia.gateway.media.StoredMedia;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.UUID;

/** The files that messages carry, streamed in and out. */
@RestController
@Tag(name = "Files")
final class MediaEndpoint {

    private final DeskFiles files;

    MediaEndpoint(DeskFiles files) {
        this.files = files;
    }

    /** What an upload looks like, for the description only. */
    @Schema(name = "Upload")
    record Form(@Schema(type = "string", format = "binary") String file) {}

    /** A file as the desk refers to it. */
    @Schema(name = "File")
    record Stored(UUID id, String url, String mimeType, long size, @Nullable String name) {

        static Stored of(StoredMedia media) {
            return new Stored(
                    media.id(),
                    "/api/v1/media/" + media.id(),
                    media.mimeType(),
                    media.size(),
                    media.name());
        }
    }

    @PostMapping(path = "/api/v1/media", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Upload a file",
            description =
                    "In the field `file`. What it is, its content says. Then send it in a message"
                            + " by its id.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Form.class))))
    Mono<Stored> upload(
            @Parameter(hidden = true) Viewer viewer, @RequestBody Flux<PartEvent> parts) {
        return FileForm.read(parts, (file, content) -> files.keep(file, content, viewer))
                .map(Stored::of)
                .switchIfEmpty(
                        Mono.error(() -> new InvalidRequest(FileForm.FIELD, Reason.MISSING)));
    }

    @GetMapping("/api/v1/media/{id}")
    @Operation(
            summary = "Get a file",
            description =
                    "Of a conversation one sees, or one's own upload. A `Range` of bytes gets 206"
                            + " with that part.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = "*/*",
                                            schema = @Schema(type = "string", format = "binary"))))
    Mono<ResponseEntity<Flux<DataBuffer>>> get(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders request) {
        return files.find(id, viewer)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new))
                .map(file -> files.answer(request, file));
    }
}
