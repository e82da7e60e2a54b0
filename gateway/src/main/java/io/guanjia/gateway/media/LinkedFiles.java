package io.guanjia.gateway.media;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    @GetMapping(SignedLinks.PATH + "{name}")
    Mono<ResponseEntity<Flux<DataBuffer>>> get(
            @PathVariable String name, @RequestHeader HttpHeaders request) {
        return Mono.justOrEmpty(links.file(name))
                .flatMap(folder::find)
                .map(file -> FileAnswer.to(request, file, folder))
                .defaultIfEmpty(ResponseEntity.notFound().build());
    }
}
