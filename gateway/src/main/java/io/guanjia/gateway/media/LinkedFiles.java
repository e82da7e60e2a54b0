package io.guanjia.gateway.media;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.UUID;

/** What {@link SignedLinks} lead to. A link that is not good is answered as one to nothing. */
@RestController
@Hidden
final class LinkedFiles {

    private final MediaFolder folder;
    private final SignedLinks links;

    LinkedFiles(MediaFolder folder, SignedLinks links) {
        this.folder = folder;
        this.links = links;
    }

    @GetMapping("/files/{id}")
    Mono<ResponseEntity<Flux<DataBuffer>>> get(
            @PathVariable UUID id,
            @RequestParam long until,
            @RequestParam String signature,
            @RequestHeader HttpHeaders request) {
        return Mono.just(id)
                .filter(file -> links.good(file, until, signature))
                .flatMap(folder::find)
                .map(file -> FileAnswer.to(request, file, folder))
                .defaultIfEmpty(ResponseEntity.notFound().build());
    }
}
