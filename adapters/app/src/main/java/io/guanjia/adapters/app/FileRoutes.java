package io.guanjia.adapters.app;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.media.FileAnswer;
import io.guanjia.gateway.media.FileForm;
import io.guanjia.gateway.media.MediaFolder;
import io.guanjia.gateway.media.MediaRejected;
import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The files that messages carry, streamed in and out. */
final class FileRoutes {

    /** Around the file itself. */
    private static final long FORM = 4096;

    /** Of one customer on one node: what is under way counts for no day yet. */
    private static final int MOST_AT_ONCE = 3;

    private final Map<Address, Integer> underWay = new ConcurrentHashMap<>();
    private final MediaFolder folder;
    private final Uploads uploads;

    FileRoutes(MediaFolder folder, Uploads uploads) {
        this.folder = folder;
        this.uploads = uploads;
    }

    /**
     * Fails with {@link MediaRejected} where it is larger than allowed or of a type we don't keep,
     * and with {@link Refusal} where it is more than the customer may upload.
     */
    Mono<ServerResponse> upload(ServerRequest request, Customer by, Site site) {
        if (request.headers().contentLength().orElse(0) > AppAccount.MOST_BYTES + FORM) {
            return Mono.error(new Refusal(Code.TOO_LARGE));
        }
        if (request.headers()
                .contentType()
                .filter(MediaType.MULTIPART_FORM_DATA::isCompatibleWith)
                .isEmpty()) {
            return Mono.error(new Refusal(Code.MALFORMED));
        }
        return Mono.using(
                () -> begin(by.address()),
                address ->
                        requireRoom(request, address, site.settings())
                                .then(Mono.defer(() -> take(request, address, site))),
                this::end);
    }

    private Address begin(Address by) {
        if (underWay.merge(by, 1, Integer::sum) > MOST_AT_ONCE) {
            end(by);
            throw new Refusal(Code.TOO_MANY);
        }
        return by;
    }

    private void end(Address by) {
        underWay.computeIfPresent(by, (_, many) -> many == 1 ? null : many - 1);
    }

    private Mono<Void> requireRoom(ServerRequest request, Address by, AppAccount account) {
        var length = request.headers().contentLength().orElse(0);
        return uploads.lately(by)
                .filter(
                        used ->
                                used.files() < account.uploadsPerDay()
                                        && used.bytes() + Math.max(0, length - FORM)
                                                <= account.uploadSizePerDay().toBytes())
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.UPLOAD_LIMIT)))
                .then();
    }

    private Mono<ServerResponse> take(ServerRequest request, Address by, Site site) {
        return FileForm.read(request.bodyToFlux(PartEvent.class), this::keep)
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.MALFORMED)))
                .flatMap(kept -> uploads.note(kept, by).thenReturn(kept))
                .flatMap(
                        kept ->
                                ServerResponse.status(HttpStatus.CREATED)
                                        .bodyValue(described(kept, site)));
    }

    private Mono<StoredMedia> keep(FilePartEvent file, Flux<DataBuffer> content) {
        var type = file.headers().getContentType();
        return folder.save(
                content,
                type == null ? null : type.toString(),
                file.filename(),
                AppAccount.MOST_BYTES);
    }

    private static Map<String, Object> described(StoredMedia kept, Site site) {
        var described = new LinkedHashMap<String, Object>();
        described.put("id", kept.id().toString());
        described.put("url", site.links().to(kept.id().toString()));
        described.put("mimeType", kept.mimeType());
        described.put("size", kept.size());
        if (kept.name() != null) {
            described.put("name", kept.name());
        }
        return described;
    }

    /** A link that is not good, or to what was taken back, is answered as one to nothing. */
    Mono<ServerResponse> get(ServerRequest request, Site site) {
        var until = request.queryParam("until").filter(each -> each.matches("\\d{1,12}"));
        var signature = request.queryParam("signature");
        return Mono.justOrEmpty(id(request))
                .filter(
                        id ->
                                until.isPresent()
                                        && signature.isPresent()
                                        && site.links()
                                                .good(
                                                        id.toString(),
                                                        Long.parseLong(until.get()),
                                                        signature.get()))
                .filterWhen(id -> uploads.isTakenBack(id).map(gone -> !gone))
                .flatMap(folder::find)
                .flatMap(file -> answer(request, file))
                .switchIfEmpty(ServerResponse.notFound().build());
    }

    private Mono<ServerResponse> answer(ServerRequest request, StoredMedia file) {
        var answer = FileAnswer.to(request.headers().asHttpHeaders(), file, folder);
        var body = answer.getBody();
        return ServerResponse.status(answer.getStatusCode())
                .headers(
                        headers -> {
                            headers.putAll(answer.getHeaders());
                            // It may be taken back, so a kept copy is asked about each time.
                            headers.setCacheControl("private, no-cache");
                        })
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(BodyInserters.fromDataBuffers(body == null ? Flux.empty() : body));
    }

    private static Optional<UUID> id(ServerRequest request) {
        try {
            return Optional.of(UUID.fromString(request.pathVariable("id")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
